# Draws looking-elsewhere.svg, .png and .pdf from looking-elsewhere.csv. Run in this folder: gnuplot looking-elsewhere.gp
data = 'looking-elsewhere.csv'
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
set terminal svg size 800,2002 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'looking_elsewhere'
dot = 0.5
set output 'looking-elsewhere.svg'
set label 1 'Made to look elsewhere: change of top-1 accuracy on birdlets' at screen 0.02, screen 0.98801 font ',20' textcolor rgb '#222222'
set label 2 'points, joint head, without training again, 640 test images, 1 seed' at screen 0.02, screen 0.97702 font ',14' textcolor rgb '#666666'
set label 3 'Band: 95 % over images.' at screen 0.02, screen 0.00899 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.33875
set rmargin at screen 0.74000
set tmargin at screen 0.95604
set bmargin at screen 0.03297
set xrange [-60.0:20.0]
set xtics ('%g' -60.0, '%g' -40.0, '%g' -20.0, '%g' 0.0, '+%g' 20.0)
set yrange [77.5:0.5]
unset ytics
low = -60.0
high = 20.0
half = 0.26
of(kind, value) = strcol(3) eq kind ? value : NaN
plot data using (of('label', low)):1:(high - low):(0) with vectors nohead \
    linecolor rgb '#E6E6E6' title 'guides', \
  data using (of('worse', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#F2BF9C' title 'band', \
  data using (of('worse', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#D55E00' title 'worse', \
  data using (of('better', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#A6CEE8' title 'band', \
  data using (of('better', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#0072B2' title 'better', \
  data using (of('open', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#DADADA' title 'band', \
  data using (of('open', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#666666' title 'open', \
  data using (of('label', 0)):($1 - 0.5):(0):(1) with vectors nohead linewidth 1.5 \
    linecolor rgb '#666666' title 'as it is', \
  data using (of('seed', $4)):1 with points pointtype 7 pointsize dot \
    linecolor rgb '#FFFFFF' title 'seeds', \
  data using (of('seed', $4)):1 with points pointtype 6 pointsize dot linewidth 1.2 \
    linecolor rgb '#222222' title 'seeds', \
  data using (of('group', low)):1:2 with labels right offset screen -0.01000,0 font ',16' \
    textcolor rgb '#0072B2' title 'variants', \
  data using (of('label', low)):1:2 with labels right offset screen -0.01000,0 font ',14' \
    textcolor rgb '#222222' title 'interventions', \
  data using (of('label', high)):1:7 with labels left offset screen 0.01250,0 font ',13' \
    textcolor rgb '#222222' title 'values'
unset output
set terminal pngcairo size 1600,4004 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'looking-elsewhere.png'
replot
unset output
set terminal pdfcairo size 8.3333in,20.8542in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'looking-elsewhere.pdf'
replot
unset output
