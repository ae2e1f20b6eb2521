# Draws peer-ratios-parts.svg, .png and .pdf from peer-ratios-parts.csv. Run in this folder: gnuplot peer-ratios-parts.gp
data = 'peer-ratios-parts.csv'
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
set terminal svg size 1100,346 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'peer_ratios_parts'
dot = 0.5
set output 'peer-ratios-parts.svg'
set label 1 'How many times as fast as the strongest of other programs' at screen 0.02, screen 0.93064 font ',20' textcolor rgb '#222222'
set label 2 'AMD EPYC, 2 CPUs, 2 threads; PyTorch 2.13.0+cpu, Pillow 13.0.0' at screen 0.02, screen 0.86705 font ',14' textcolor rgb '#666666'
set label 3 'Bar: ratio of medians, theirs over ours. Line: the ratios of single rounds. Red: the aim. Circle: PyTorch''s convolution.' at screen 0.02, screen 0.05202 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.39364
set rmargin at screen 0.52455
set tmargin at screen 0.74566
set bmargin at screen 0.19075
set logscale x
set xrange [0.8:114.42666883642659]
set xtics ('1' 1.0, '3' 3.0, '10' 10.0, '30' 30.0, '100' 100.0)
set yrange [6.5:0.5]
unset ytics
low = 0.8
high = 114.42666883642659
half = 0.3
final(value) = strcol(8) eq 'final' ? value : NaN
busy(value) = strcol(8) eq 'final' ? NaN : value
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead back linewidth 1.2 linecolor rgb '#666666'

plot data using (final($4)):1:(1):4:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#0072B2' title 'final', \
  data using (busy($4)):1:(1):4:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#A6CEE8' title 'busy', \
  data using 5:1:($6 - $5):(0) with vectors nohead linewidth 1.5 linecolor rgb '#222222' title 'rounds', \
  data using 7:($1 - half - 0.1):(0):(2 * half + 0.2) with vectors nohead linewidth 2.5 \
    linecolor rgb '#D55E00' title 'targets', \
  data using 10:1 with points pointtype 6 pointsize dot linewidth 1.5 linecolor rgb '#222222' title 'plain', \
  data using (low):1:3 with labels right offset screen -0.00727,0 font ',15' \
    textcolor rgb '#222222' title 'work', \
  data using (high):1:9 with labels left offset screen 0.00909,0 font ',14' \
    textcolor rgb '#222222' title 'ratios', \
  data using (high):1:11 with labels right offset screen 0.34455,0 font ',13' \
    textcolor rgb '#666666' title 'plain ratios', \
  data using (high):1:12 with labels right offset screen 0.46273,0 font ',13' \
    textcolor rgb '#666666' title 'times'
unset output
set terminal pngcairo size 2200,692 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'peer-ratios-parts.png'
replot
unset output
set terminal pdfcairo size 11.4583in,3.6042in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'peer-ratios-parts.pdf'
replot
unset output
