# Draws accuracy-over-time.svg, .png and .pdf from accuracy-over-time.csv. Run in this folder: gnuplot accuracy-over-time.gp
data = 'accuracy-over-time.csv'
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
set terminal svg size 877,440 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'accuracy_over_time'
dot = 0.5
set output 'accuracy-over-time.svg'
set label 1 'Time to 60 % top-1: training S3N on birdlets' at screen 0.02, screen 0.94545 font ',20' textcolor rgb '#222222'
set label 2 'top-1 on the test images after each epoch, 5 seeds; AMD EPYC, 2 CPUs, 2 threads' at screen 0.02, screen 0.89545 font ',14' textcolor rgb '#666666'
set label 3 'Seconds from the command on, with starting, compiling and testing; right: the median.' at screen 0.02, screen 0.04091 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.08324
set rmargin at screen 0.72178
set tmargin at screen 0.80000
set bmargin at screen 0.15000
set bmargin at screen 0.20455
set xrange [0:80.0]
set yrange [30.0:80.0]
set xtics 0,20.0 format '%g s'
set ytics 30.0,10.0 format '%g %%' font ',13' textcolor rgb '#666666'
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set label 10 's3n-bench avx512: 11.3 s' at graph 1, graph 0.6000 left offset screen 0.01140,0 font ',14' textcolor rgb '#0072B2'
set label 11 'pytorch eager: 13.6 s' at graph 1, graph 0.6725 left offset screen 0.01140,0 font ',14' textcolor rgb '#D55E00'
set label 12 'pytorch compiled: 58.0 s' at graph 1, graph 0.7450 left offset screen 0.01140,0 font ',14' textcolor rgb '#009E73'
plot 60.0 with lines dashtype (2,4) linewidth 1 linecolor rgb '#666666' notitle, \
  data using ($1 == 0 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#0072B2' notitle, \
  data using ($1 == 1 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#0072B2' notitle, \
  data using ($1 == 2 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#0072B2' notitle, \
  data using ($1 == 3 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#0072B2' notitle, \
  data using ($1 == 4 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#0072B2' notitle, \
  data using ($1 == 5 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#D55E00' notitle, \
  data using ($1 == 6 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#D55E00' notitle, \
  data using ($1 == 7 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#D55E00' notitle, \
  data using ($1 == 8 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#D55E00' notitle, \
  data using ($1 == 9 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#D55E00' notitle, \
  data using ($1 == 10 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#009E73' notitle, \
  data using ($1 == 11 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#009E73' notitle, \
  data using ($1 == 12 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#009E73' notitle, \
  data using ($1 == 13 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#009E73' notitle, \
  data using ($1 == 14 ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 linecolor rgb '#009E73' notitle
unset output
set terminal pngcairo size 1754,880 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'accuracy-over-time.png'
replot
unset output
set terminal pdfcairo size 9.1354in,4.5833in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'accuracy-over-time.pdf'
replot
unset output
