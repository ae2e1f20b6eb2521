# Draws roofline.svg, .png and .pdf from roofline.csv. Run in this folder: gnuplot roofline.gp
data = 'roofline.csv'
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
set terminal svg size 900,560 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'roofline'
dot = 0.5
set output 'roofline.svg'
set label 1 'Layers under the machine''s roofs' at screen 0.02, screen 0.95714 font ',20' textcolor rgb '#222222'
set label 2 'ResNet-50, batch 8, 448 x 448, fp32, 2 threads, avx512, AMD EPYC, 2 CPUs' at screen 0.02, screen 0.91786 font ',14' textcolor rgb '#666666'
set label 3 'Areas: time in a training step. Hollow: Winograd, without transforms. Of their limits whole steps reach: inference 84 %, training 85 %.' at screen 0.02, screen 0.03214 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.10111
set rmargin at screen 0.73889
set tmargin at screen 0.84286
set bmargin at screen 0.11786
set bmargin at screen 0.16071
set xtics ('20' 20.0, '50' 50.0, '100' 100.0, '200' 200.0) format '%g'
set xlabel 'operations executed by byte read or written' font ',13' textcolor rgb '#666666'
set ytics font ',13' textcolor rgb '#666666'
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set logscale x
set xrange [11.196429709913929:298.51311053984574]
set yrange [0:247.16185811936717]
set ytics 50.0 format '%g'
set label 9 'GFLOP/s' at graph 0, graph 1 right offset screen -0.012,0.03 font ',13' textcolor rgb '#666666'
set samples 400
roof(peak, x) = x * 34.700425105931764 < peak ? x * 34.700425105931764 : peak
of(pass, value) = strcol(1) eq pass ? value : NaN
by(algorithm, value) = strcol(3) eq algorithm ? value : NaN
set label 10 '235' at graph 1, first 235.3922458279687 left offset screen 0.00889,0 font ',14' textcolor rgb '#222222'
set label 14 'forward' at graph 1, graph 0.30 left offset screen 0.00889,0 font ',14' textcolor rgb '#0072B2'
set label 15 'backward to the data' at graph 1, graph 0.23 left offset screen 0.00889,0 font ',14' textcolor rgb '#009E73'
set label 16 'backward to the weights' at graph 1, graph 0.16 left offset screen 0.00889,0 font ',14' textcolor rgb '#D55E00'
set label 20 '3x3, 64 to 64, 112x112' at first 35.89697933227345,   first 116.5478443109358 left offset screen 0.01556,0 font ',12' textcolor rgb '#666666'
plot roof(235.3922458279687, x) with lines linewidth 2 linecolor rgb '#222222' title 'roof', \
  data using 4:(of('forward', by('direct', $5))):(dot * (0.5 + 9 * sqrt($6))) with points pointtype 7 pointsize variable linecolor rgb '#0072B2' title 'direct', \
  data using 4:(of('forward', by('winograd', $5))):(dot * (0.5 + 9 * sqrt($6))) with points pointtype 6 pointsize variable linewidth 2 linecolor rgb '#0072B2' title 'Winograd', \
  data using 4:(of('backward data', by('direct', $5))):(dot * (0.5 + 9 * sqrt($6))) with points pointtype 7 pointsize variable linecolor rgb '#009E73' title 'direct', \
  data using 4:(of('backward data', by('winograd', $5))):(dot * (0.5 + 9 * sqrt($6))) with points pointtype 6 pointsize variable linewidth 2 linecolor rgb '#009E73' title 'Winograd', \
  data using 4:(of('backward weight', by('direct', $5))):(dot * (0.5 + 9 * sqrt($6))) with points pointtype 7 pointsize variable linecolor rgb '#D55E00' title 'direct', \
  data using 4:(of('backward weight', by('winograd', $5))):(dot * (0.5 + 9 * sqrt($6))) with points pointtype 6 pointsize variable linewidth 2 linecolor rgb '#D55E00' title 'Winograd'
unset output
set terminal pngcairo size 1800,1120 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'roofline.png'
replot
unset output
set terminal pdfcairo size 9.3750in,5.8333in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'roofline.pdf'
replot
unset output
