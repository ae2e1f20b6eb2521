# Draws peer-ratios.svg and peer-ratios.png from peer-ratios.csv. Run in this folder: gnuplot peer-ratios.gp
data = 'peer-ratios.csv'
set terminal svg size 1100,1050 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'peer_ratios'
dot = 0.5
set output 'peer-ratios.svg'
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
set label 1 'How many times as fast as other programs' at screen 0.02, screen 0.97714 font ',20' textcolor rgb '#222222'
set label 2 'AMD EPYC, 2 CPUs, 2 threads, fp32; PyTorch 2.13.0+cpu, OpenVINO 2026.4.1, Pillow 13.0.0' at screen 0.02, screen 0.95619 font ',14' textcolor rgb '#666666'
set label 3 'Bar: ratio of medians, theirs over ours. Line: the ratios of single rounds. Red: the aim. Pale: not final, the machine was busy.' at screen 0.02, screen 0.01714 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.45909
set rmargin at screen 0.71273
set tmargin at screen 0.91619
set bmargin at screen 0.06286
set logscale x
set xrange [0.8:150.59102681893407]
set xtics ('1' 1.0, '2' 2.0, '5' 5.0, '10' 10.0, '20' 20.0, '50' 50.0, '100' 100.0)
set yrange [28.5:0.5]
unset ytics
low = 0.8
high = 150.59102681893407
half = 0.3
final(value) = strcol(7) eq 'final' ? value : NaN
busy(value) = strcol(7) eq 'final' ? NaN : value
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead back linewidth 1.2 linecolor rgb '#666666'
plot data using (final($3)):1:(1):3:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#0072B2' title 'final', \
  data using (busy($3)):1:(1):3:($1 - half):($1 + half) with boxxyerror \
    linecolor rgb '#A6CEE8' title 'busy', \
  data using 4:1:($5 - $4):(0) with vectors nohead linewidth 1.5 linecolor rgb '#222222' title 'rounds', \
  data using 6:($1 - half - 0.1):(0):(2 * half + 0.2) with vectors nohead linewidth 2.5 \
    linecolor rgb '#D55E00' title 'targets', \
  data using (low):1:2 with labels right offset screen -0.00727,0 font ',15' \
    textcolor rgb '#222222' title 'work', \
  data using (high):1:8 with labels left offset screen 0.00909,0 font ',14' \
    textcolor rgb '#222222' title 'ratios', \
  data using (high):1:9 with labels right offset screen 0.27455,0 font ',13' \
    textcolor rgb '#666666' title 'times'
set terminal pngcairo size 2200,2100 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'peer-ratios.png'
replot
unset output
