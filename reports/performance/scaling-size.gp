# Draws scaling-size.svg, .png and .pdf from scaling-size.csv. Run in this folder: gnuplot scaling-size.gp
data = 'scaling-size.csv'
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
set terminal svg size 814,500 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'scaling_size'
dot = 0.5
set output 'scaling-size.svg'
set label 1 'Time of a step by the image''s side' at screen 0.02, screen 0.95200 font ',20' textcolor rgb '#222222'
set label 2 'ResNet-50, batch 8, 2 threads, avx512, AMD EPYC, 2 CPUs' at screen 0.02, screen 0.90800 font ',14' textcolor rgb '#666666'
set label 3 'Points: medians, hollow where the machine was busy; bars: p10 to p90. Dotted: proportional.' at screen 0.02, screen 0.03600 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.10074
set rmargin at screen 0.78870
set tmargin at screen 0.82400
set bmargin at screen 0.13200
set xrange [208.96:600.0]
set bmargin at screen 0.18000
set xtics ('224' 224.0, '288' 288.0, '352' 352.0, '448' 448.0, '512' 512.0, '600' 600.0) format '%g'
set xlabel 'pixels along a side' font ',13' textcolor rgb '#666666'
set ytics font ',13' textcolor rgb '#666666'
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set yrange [0:40.0]
set ytics 0,10.0 format '%g s'
reference(x, at, time) = time * (x / at) ** 2
set label 10 'S3N training' at graph 1, graph 0.6647 left offset screen 0.01229,0 font ',14' textcolor rgb '#0072B2'
set label 11 'S3N inference' at graph 1, graph 0.2128 left offset screen 0.01229,0 font ',14' textcolor rgb '#0072B2'
set label 12 'ResNet training' at graph 1, graph 0.1538 left offset screen 0.01229,0 font ',14' textcolor rgb '#D55E00'
set label 13 'ResNet inference' at graph 1, graph 0.0497 left offset screen 0.01229,0 font ',14' textcolor rgb '#D55E00'
plot [x=224.0:600.0] reference(x, 224.0, 3.8843303805000002) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
  [x=224.0:600.0] reference(x, 224.0, 1.0219742995) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
  [x=224.0:600.0] reference(x, 224.0, 1.123624401) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
  [x=224.0:600.0] reference(x, 224.0, 0.325343569) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
  data using ($1 == 0 ? $2 : NaN):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '#0072B2' title 'range', \
  data using ($1 == 0 ? $2 : NaN):3 with lines dashtype solid linewidth 2 linecolor rgb '#0072B2' title 'medians', \
  data using ($1 == 0 ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using ($1 == 0 ? $2 : NaN):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '#0072B2' title 'busy', \
  data using ($1 == 0 && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#0072B2' title 'final', \
  data using ($1 == 1 ? $2 : NaN):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '#0072B2' title 'range', \
  data using ($1 == 1 ? $2 : NaN):3 with lines dashtype (12,8) linewidth 2 linecolor rgb '#0072B2' title 'medians', \
  data using ($1 == 1 ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using ($1 == 1 ? $2 : NaN):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '#0072B2' title 'busy', \
  data using ($1 == 1 && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#0072B2' title 'final', \
  data using ($1 == 2 ? $2 : NaN):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '#D55E00' title 'range', \
  data using ($1 == 2 ? $2 : NaN):3 with lines dashtype solid linewidth 2 linecolor rgb '#D55E00' title 'medians', \
  data using ($1 == 2 ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using ($1 == 2 ? $2 : NaN):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '#D55E00' title 'busy', \
  data using ($1 == 2 && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#D55E00' title 'final', \
  data using ($1 == 3 ? $2 : NaN):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '#D55E00' title 'range', \
  data using ($1 == 3 ? $2 : NaN):3 with lines dashtype (12,8) linewidth 2 linecolor rgb '#D55E00' title 'medians', \
  data using ($1 == 3 ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using ($1 == 3 ? $2 : NaN):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '#D55E00' title 'busy', \
  data using ($1 == 3 && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot linecolor rgb '#D55E00' title 'final'
unset output
set terminal pngcairo size 1628,1000 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'scaling-size.png'
replot
unset output
set terminal pdfcairo size 8.4792in,5.2083in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'scaling-size.pdf'
replot
unset output
