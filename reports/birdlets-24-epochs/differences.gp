# Draws differences.svg, .png and .pdf from differences.csv. Run in this folder: gnuplot differences.gp
data = 'differences.csv'
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
set terminal svg size 800,378 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'differences'
dot = 0.5
set output 'differences.svg'
set label 1 'Difference from baseline in top-1 accuracy on birdlets' at screen 0.02, screen 0.93651 font ',20' textcolor rgb '#222222'
set label 2 'points, recipe quick, epochs=24, 1 to 2 paired seeds, 640 test images' at screen 0.02, screen 0.87831 font ',14' textcolor rgb '#666666'
set label 3 'Circles: pairs of seeds. Band: 95 % over seeds and images (one pair: images). In brackets: the smallest that could be shown.' at screen 0.02, screen 0.04762 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.24875
set rmargin at screen 0.67250
set tmargin at screen 0.76720
set bmargin at screen 0.17460
set xrange [-20.0:20.0]
set xtics ('%g' -20.0, '%g' -10.0, '%g' 0.0, '+%g' 10.0, '+%g' 20.0)
set label 5 'verdict (Holm, 7 pairs)' at graph 1, graph 1 left \
  offset screen 0.07250, character 0.6 textcolor rgb '#666666' font ',13'
set label 4 'baseline' at first 0, graph 1 center offset 0,0.6 textcolor rgb '#666666' font ',13'
set yrange [7.5:0.5]
unset ytics
low = -20.0
high = 20.0
half = 0.2
of(kind, value) = strcol(3) eq kind ? value : NaN
plot data using (of('note', low)):1:(high - low):(0) with vectors nohead \
    linecolor rgb '#E6E6E6' title 'guides', \
  data using (of('better', $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#A6CEE8' title 'band', \
  data using (of('better', $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#0072B2' title 'difference', \
  data using (of('worse', $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#F2BF9C' title 'band', \
  data using (of('worse', $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#D55E00' title 'difference', \
  data using (of('better these weights only', $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#DFEDF7' title 'band', \
  data using (of('better these weights only', $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#0072B2' title 'difference', \
  data using (of('worse these weights only', $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#FBE8DC' title 'band', \
  data using (of('worse these weights only', $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#D55E00' title 'difference', \
  data using (of('no difference shown', $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#DADADA' title 'band', \
  data using (of('no difference shown', $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \
    linecolor rgb '#666666' title 'difference', \
  data using (of('note', 0)):($1 - 0.5):(0):(1) with vectors nohead linewidth 1.5 \
    linecolor rgb '#666666' title 'reference', \
  data using (of('seed', $5)):1 with points pointtype 7 pointsize dot \
    linecolor rgb '#FFFFFF' title 'seeds', \
  data using (of('seed', $5)):1 with points pointtype 6 pointsize dot linewidth 1.2 \
    linecolor rgb '#222222' title 'seeds', \
  data using (of('note', low)):1:2 with labels right offset screen -0.01000,0 font ',15' \
    textcolor rgb '#222222' title 'variants', \
  data using (of('note', high)):1:8 with labels right offset screen 0.05750,0 font ',14' \
    textcolor rgb '#222222' title 'values', \
  data using (of('note', high)):1:9 with labels left offset screen 0.07250,0 font ',14' \
    textcolor rgb '#222222' title 'verdicts'
unset output
set terminal pngcairo size 1600,756 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'differences.png'
replot
unset output
set terminal pdfcairo size 8.3333in,3.9375in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'differences.pdf'
replot
unset output
