# Draws where-it-looks.svg, .png and .pdf from where-it-looks.csv. Run in this folder: gnuplot where-it-looks.gp
data = 'where-it-looks.csv'
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
set terminal svg size 800,298 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'where_it_looks'
dot = 0.5
set output 'where-it-looks.svg'
set label 1 'Where the peaks lie on cub' at screen 0.02, screen 0.91946 font ',20' textcolor rgb '#222222'
set label 2 'percent, mean over 515 test images, 6 seeds; at a part: within 10 % of the box''s longer side' at screen 0.02, screen 0.84564 font ',14' textcolor rgb '#666666'
set label 3 'Line, band: the model, 95 % over seeds and images. As many others: × random, + the middle, ◇ from images of the class.' at screen 0.02, screen 0.06040 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.33875
set rmargin at screen 0.77375
set tmargin at screen 0.70470
set bmargin at screen 0.22148
set xrange [0:100]
set xtics 0,20
set yrange [6.5:0.5]
unset ytics
half = 0.28
of(kind, value) = strcol(3) eq kind ? value : NaN
plot data using (of('label', 0)):1:(100):(0) with vectors nohead \
    linecolor rgb '#E6E6E6' title 'guides', \
  data using (of('model', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#A6CEE8' title 'band', \
  data using (of('model', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#0072B2' title 'model', \
  data using (of('random', $4)):1 with points pointtype 2 pointsize 1.2 * dot linewidth 1.2 \
    linecolor rgb '#222222' title 'random', \
  data using (of('centre', $4)):1 with points pointtype 1 pointsize 1.2 * dot linewidth 1.2 \
    linecolor rgb '#222222' title 'centre', \
  data using (of('class mates', $4)):1 with points pointtype 12 pointsize 1.3 * dot linewidth 1.2 \
    linecolor rgb '#D55E00' title 'class mates', \
  data using (of('group', 0)):1:2 with labels right offset screen -0.01000,0 font ',16' \
    textcolor rgb '#0072B2' title 'variants', \
  data using (of('label', 0)):1:2 with labels right offset screen -0.01000,0 font ',14' \
    textcolor rgb '#222222' title 'measures', \
  data using (of('label', 100)):1:7 with labels left offset screen 0.01250,0 font ',13' \
    textcolor rgb '#222222' title 'values'
unset output
set terminal pngcairo size 1600,596 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'where-it-looks.png'
replot
unset output
set terminal pdfcairo size 8.3333in,3.1042in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'where-it-looks.pdf'
replot
unset output
