# Draws variant-accuracy.svg, .png and .pdf from variant-accuracy.csv. Run in this folder: gnuplot variant-accuracy.gp
data = 'variant-accuracy.csv'
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
set terminal svg size 800,282 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'variant_accuracy'
dot = 0.5
set output 'variant-accuracy.svg'
set label 1 'Top-1 accuracy on cub' at screen 0.02, screen 0.91489 font ',20' textcolor rgb '#222222'
set label 2 'recipe reduced, classes=1-20 weights=resnet18-…4ef, 12 epochs, 1 to 6 seeds, 515 test images' at screen 0.02, screen 0.83688 font ',14' textcolor rgb '#666666'
set label 3 'Circles: seeds. Line: mean. Band: ± 1 standard deviation (one seed: 95 % interval).' at screen 0.02, screen 0.06383 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.10250
set rmargin at screen 0.77375
set tmargin at screen 0.68794
set bmargin at screen 0.23404
set xrange [68.56:82.0]
set xtics 70.0,2.0
set arrow 1 from first 69.16, graph 0 to first 69.16, graph 1 nohead back dashtype (16,10) \
  linewidth 1.2 linecolor rgb '#666666'
set label 4 'chance 5 %' at first 69.16, graph 1 center offset 0,0.6 textcolor rgb '#666666' font ',13'
set label 5 '//' at first 69.58, graph 0 center textcolor rgb '#666666' font ',13'
set yrange [4.5:0.5]
unset ytics
low = 68.56
high = 82.0
half = 0.2
of(kind, value) = strcol(3) eq kind ? value : NaN
plot data using (of('note', low)):1:(high - low):(0) with vectors nohead \
    linecolor rgb '#E6E6E6' title 'guides', \
  data using (of('mean', $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#A6CEE8' title 'band', \
  data using (of('mean', $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#0072B2' title 'mean', \
  data using (of('seed', $5)):1 with points pointtype 7 pointsize dot \
    linecolor rgb '#FFFFFF' title 'seeds', \
  data using (of('seed', $5)):1 with points pointtype 6 pointsize dot linewidth 1.2 \
    linecolor rgb '#222222' title 'seeds', \
  data using (of('note', low)):1:2 with labels right offset screen -0.01000,0 font ',15' \
    textcolor rgb '#222222' title 'variants', \
  data using (of('note', high)):1:8 with labels left offset screen 0.01250,0 font ',14' \
    textcolor rgb '#222222' title 'values'
unset output
set terminal pngcairo size 1600,564 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'variant-accuracy.png'
replot
unset output
set terminal pdfcairo size 8.3333in,2.9375in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'variant-accuracy.pdf'
replot
unset output
