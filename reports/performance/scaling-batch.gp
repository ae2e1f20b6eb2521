# Draws scaling-batch.svg, .png and .pdf from scaling-batch.csv. Run in this folder: gnuplot scaling-batch.gp
data = 'scaling-batch.csv'
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
set terminal svg size 967,500 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'scaling_batch'
dot = 0.5
set output 'scaling-batch.svg'
set label 1 'Time of a step by its batch' at screen 0.02, screen 0.95200 font ',20' textcolor rgb '#222222'
set label 2 'ResNet-50, 448 x 448 pixels, 2 threads, avx512, AMD EPYC, 2 CPUs' at screen 0.02, screen 0.90800 font ',14' textcolor rgb '#666666'
set label 3 'Points: medians, hollow where the machine was busy; bars: p10 to p90. Dotted: proportional.' at screen 0.02, screen 0.03600 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.08480
set rmargin at screen 0.66391
set tmargin at screen 0.82400
set bmargin at screen 0.13200
set xrange [0.4:16.0]
set bmargin at screen 0.18000
set xtics ('1' 1.0, '2' 2.0, '4' 4.0, '8' 8.0, '12' 12.0, '16' 16.0) format '%g'
set xlabel 'images a step' font ',13' textcolor rgb '#666666'
set ytics font ',13' textcolor rgb '#666666'
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set yrange [0:30.0]
set ytics 0,5.0 format '%g s'
reference(x, at, time) = time * x / at
set label 10 'S3N training, 1.50 s an image' at graph 1, graph 0.7987 left offset screen 0.01034,0 font ',14' textcolor rgb '#0072B2'
set label 11 'S3N inference, 519 ms an image' at graph 1, graph 0.2888 left offset screen 0.01034,0 font ',14' textcolor rgb '#0072B2'
set label 12 'ResNet training, 431 ms an image' at graph 1, graph 0.2298 left offset screen 0.01034,0 font ',14' textcolor rgb '#D55E00'
set label 13 'ResNet inference, 166 ms an image' at graph 1, graph 0.0888 left offset screen 0.01034,0 font ',14' textcolor rgb '#D55E00'
plot [x=1.0:16.0] reference(x, 1.0, 2.3502807470000002) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
  [x=1.0:16.0] reference(x, 1.0, 0.6103693055) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
  [x=1.0:16.0] reference(x, 1.0, 0.628299449) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
  [x=1.0:16.0] reference(x, 1.0, 0.17170494800000002) with lines dashtype (3,5) linewidth 1 linecolor rgb '#666666' title 'proportional', \
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
set terminal pngcairo size 1934,1000 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'scaling-batch.png'
replot
unset output
set terminal pdfcairo size 10.0729in,5.2083in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'scaling-batch.pdf'
replot
unset output
