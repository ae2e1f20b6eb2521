# Draws following-marks.svg, .png and .pdf from following-marks.csv. Run in this folder: gnuplot following-marks.gp
data = 'following-marks.csv'
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
set terminal svg size 800,1666 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'following_marks'
dot = 0.5
set output 'following-marks.svg'
set label 1 'Do answers follow the marks on birdlets?' at screen 0.02, screen 0.98559 font ',20' textcolor rgb '#222222'
set label 2 'answers that turn with a mark painted otherwise, % of at most 534 images named right, 1 seed' at screen 0.02, screen 0.97239 font ',14' textcolor rgb '#666666'
set label 3 'Band: 95 %, of pairs and seeds from the lowest to the highest. ◇ where attention was at the mark, + elsewhere.' at screen 0.02, screen 0.01080 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.32750
set rmargin at screen 0.76250
set tmargin at screen 0.94718
set bmargin at screen 0.03962
set xrange [0:100]
set xtics 0,20
set yrange [63.5:0.5]
unset ytics
half = 0.28
of(kind, value) = strcol(3) eq kind ? value : NaN
plot data using (of('label', 0)):1:(100):(0) with vectors nohead \
    linecolor rgb '#E6E6E6' title 'guides', \
  data using (of('all', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#A6CEE8' title 'band', \
  data using (of('all', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#0072B2' title 'all', \
  data using (of('elsewhere', $4)):1 with points pointtype 1 pointsize 1.2 * dot linewidth 1.2 \
    linecolor rgb '#222222' title 'elsewhere', \
  data using (of('attended', $4)):1 with points pointtype 12 pointsize 1.3 * dot linewidth 1.2 \
    linecolor rgb '#D55E00' title 'attended', \
  data using (of('group', 0)):1:2 with labels right offset screen -0.01000,0 font ',16' \
    textcolor rgb '#0072B2' title 'variants', \
  data using (of('label', 0)):1:2 with labels right offset screen -0.01000,0 font ',14' \
    textcolor rgb '#222222' title 'marks', \
  data using (of('label', 100)):1:7 with labels left offset screen 0.01250,0 font ',13' \
    textcolor rgb '#222222' title 'values'
unset output
set terminal pngcairo size 1600,3332 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'following-marks.png'
replot
unset output
set terminal pdfcairo size 8.3333in,17.3542in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'following-marks.pdf'
replot
unset output
