# Draws smoothing-backward.svg, .png and .pdf from smoothing-backward.csv. Run in this folder: gnuplot smoothing-backward.gp
data = 'smoothing-backward.csv'
set encoding utf8
set datafile separator comma
set datafile missing ''
unset key
set border 0
set tics nomirror scale 0
set xtics font ',13' textcolor rgb '#666666' format '%g %%'
set ytics textcolor rgb '#222222'
set grid xtics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set style fill solid 1 noborder
set terminal svg size 800,520 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'smoothing_backward'
dot = 0.5
set output 'smoothing-backward.svg'
set label 1 'Smoothing attention maps, forward and backward' at screen 0.02, screen 0.95385 font ',20' textcolor rgb '#222222'
set label 2 '16 maps, 2 threads, avx512, AMD EPYC, 2 CPUs' at screen 0.02, screen 0.91154 font ',14' textcolor rgb '#666666'
set label 3 'Bars: p10 to p90. Rings: FFT overtakes separable at 6.' at screen 0.02, screen 0.03462 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.10250
set rmargin at screen 0.86375
set tmargin at screen 0.83077
set bmargin at screen 0.12692
set logscale xy
set xrange [2.79:87.0]
set bmargin at screen 0.17308
set xtics ('3' 3.0, '5' 5.0, '7' 7.0, '11' 11.0, '15' 15.0, '21' 21.0, '31' 31.0, '43' 43.0, '61' 61.0, '87' 87.0) format '%g'
set xlabel 'cells along a side of the grid' font ',13' textcolor rgb '#666666'
set ytics font ',13' textcolor rgb '#666666'
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set yrange [0.0001:2.6454049791000003]
set ytics ('100 µs' 1e-4, '1 ms' 1e-3, '10 ms' 1e-2, '100 ms' 1e-1, '1 s' 1e0, '10 s' 1e1)
set object 1 circle at first 5.9900755586880745, first 0.0002879989494687847 size screen 0.011 front \
  fillstyle empty border linecolor rgb '#222222' linewidth 1.2
set label 30 '6' at first 5.9900755586880745, \
  first 0.0002879989494687847 left offset screen 0.008,-0.03 font ',13' textcolor rgb '#222222'
set label 10 'direct' at graph 1, graph 0.9734 left offset screen 0.01250,0 font ',14' textcolor rgb '#D55E00'
set label 11 'separable' at graph 1, graph 0.8262 left offset screen 0.01250,0 font ',14' textcolor rgb '#009E73'
set label 12 'FFT' at graph 1, graph 0.6044 left offset screen 0.01250,0 font ',14' textcolor rgb '#0072B2'
plot data using ($1 == 0 ? $2 : NaN):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '#D55E00' title 'range', \
  data using ($1 == 0 ? $2 : NaN):3 with lines dashtype solid linewidth 2 linecolor rgb '#D55E00' title 'medians', \
  data using ($1 == 0 ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using ($1 == 0 ? $2 : NaN):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '#D55E00' title 'busy', \
  data using ($1 == 0 && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#D55E00' title 'final', \
  data using ($1 == 1 ? $2 : NaN):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '#009E73' title 'range', \
  data using ($1 == 1 ? $2 : NaN):3 with lines dashtype solid linewidth 2 linecolor rgb '#009E73' title 'medians', \
  data using ($1 == 1 ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using ($1 == 1 ? $2 : NaN):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '#009E73' title 'busy', \
  data using ($1 == 1 && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#009E73' title 'final', \
  data using ($1 == 2 ? $2 : NaN):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '#0072B2' title 'range', \
  data using ($1 == 2 ? $2 : NaN):3 with lines dashtype solid linewidth 2 linecolor rgb '#0072B2' title 'medians', \
  data using ($1 == 2 ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using ($1 == 2 ? $2 : NaN):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '#0072B2' title 'busy', \
  data using ($1 == 2 && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#0072B2' title 'final'
unset output
set terminal pngcairo size 1600,1040 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'smoothing-backward.png'
replot
unset output
set terminal pdfcairo size 8.3333in,5.4167in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'smoothing-backward.pdf'
replot
unset output
