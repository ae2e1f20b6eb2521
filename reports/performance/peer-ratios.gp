# Draws peer-ratios.svg, .png and .pdf from peer-ratios.csv. Run in this folder: gnuplot peer-ratios.gp
data = 'peer-ratios.csv'
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
set terminal svg size 1100,826 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'peer_ratios'
dot = 0.5
set output 'peer-ratios.svg'
set label 1 'How many times as fast as the strongest of other programs' at screen 0.02, screen 0.97094 font ',20' textcolor rgb '#222222'
set label 2 'AMD EPYC, 2 CPUs, 2 threads; PyTorch 2.13.0+cpu, zentorch 2.13.0.2, OpenVINO 2026.4.1, ONNX Runtime 1.32.0' at screen 0.02, screen 0.94431 font ',14' textcolor rgb '#666666'
set label 3 'Bar: ratio of medians, theirs over ours. Line: the ratios of single rounds. Red: the aim. Circle: PyTorch eager.' at screen 0.02, screen 0.02179 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.33636
set rmargin at screen 0.52455
set tmargin at screen 0.89346
set bmargin at screen 0.07990
set logscale x
set xrange [0.8:2.463572280713213]
set xtics ('1' 1.0, '1.5' 1.5, '2' 2.0)
set yrange [21.5:0.5]
unset ytics
low = 0.8
high = 2.463572280713213
half = 0.3
final(value) = strcol(8) eq 'final' ? value : NaN
busy(value) = strcol(8) eq 'final' ? NaN : value
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead back linewidth 1.2 linecolor rgb '#666666'
set label 10 'fp32' at first 0.8, first 1 right offset screen -0.00727,0 font ',15' textcolor rgb '#666666'
set label 11 'bf16' at first 0.8, first 8 right offset screen -0.00727,0 font ',15' textcolor rgb '#666666'
set label 12 'fp32, all held to AVX2' at first 0.8, first 15 right offset screen -0.00727,0 font ',15' textcolor rgb '#666666'
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
set terminal pngcairo size 2200,1652 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'peer-ratios.png'
replot
unset output
set terminal pdfcairo size 11.4583in,8.6042in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'peer-ratios.pdf'
replot
unset output
