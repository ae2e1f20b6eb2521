# Draws learning-curves.svg, .png and .pdf from learning-curves.csv. Run in this folder: gnuplot learning-curves.gp
data = 'learning-curves.csv'
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
set terminal svg size 1120,884 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'learning_curves'
dot = 0.5
set output 'learning-curves.svg'
unset label
unset arrow
set multiplot
set label 1 'The same training by bench and by PyTorch' at screen 0.02, screen 0.97285 font ',20' textcolor rgb '#222222'
set label 2 'birdlets, top-1 on the test images in %, 5 seeds of each, 12 epochs; other random numbers, the same recipe' at screen 0.02, screen 0.94796 font ',14' textcolor rgb '#666666'
set label 3 'Thin lines: seeds. Thick lines: their mean. Above: difference of the final means with its 90 % interval; equivalent if that lies within 2 points.' at screen 0.02, screen 0.02036 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.86878
set bmargin at screen 0.67647
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'baseline: +2.4 [-0.3, 5.2], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [0.0:80.0]
set xtics 1,1
set ytics 0.0,20.0
set label 20 'bench' at graph 1, graph 1.0040 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.8922 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 0 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.55714
set rmargin at screen 0.91875
set tmargin at screen 0.86878
set bmargin at screen 0.67647
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, joint head: +2.9 [1.0, 4.9], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [30.0:90.0]
set xtics 1,1
set ytics 30.0,10.0
set label 20 'bench' at graph 1, graph 0.8524 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7406 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 1 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.59276
set bmargin at screen 0.40045
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, raw head: +1.2 [-0.6, 3.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [20.0:80.0]
set xtics 1,1
set ytics 20.0,10.0
set label 20 'bench' at graph 1, graph 0.8847 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7729 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 2 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.55714
set rmargin at screen 0.91875
set tmargin at screen 0.59276
set bmargin at screen 0.40045
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, discriminative head: +1.7 [-0.7, 4.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xlabel 'epoch' font ',13' textcolor rgb '#666666'
set xrange [1.0:12.0]
set yrange [30.0:80.0]
set xtics 1,1
set ytics 30.0,10.0
set label 20 'bench' at graph 1, graph 0.7705 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.6587 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 3 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.31674
set bmargin at screen 0.12443
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, complementary head: -1.9 [-3.7, -0.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xlabel 'epoch' font ',13' textcolor rgb '#666666'
set xrange [1.0:12.0]
set yrange [20.0:100.0]
set xtics 1,1
set ytics 20.0,20.0
set label 20 'bench' at graph 1, graph 0.6453 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7571 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 4 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset multiplot
unset output
set terminal pngcairo size 2240,1768 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'learning-curves.png'
unset label
unset arrow
set multiplot
set label 1 'The same training by bench and by PyTorch' at screen 0.02, screen 0.97285 font ',20' textcolor rgb '#222222'
set label 2 'birdlets, top-1 on the test images in %, 5 seeds of each, 12 epochs; other random numbers, the same recipe' at screen 0.02, screen 0.94796 font ',14' textcolor rgb '#666666'
set label 3 'Thin lines: seeds. Thick lines: their mean. Above: difference of the final means with its 90 % interval; equivalent if that lies within 2 points.' at screen 0.02, screen 0.02036 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.86878
set bmargin at screen 0.67647
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'baseline: +2.4 [-0.3, 5.2], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [0.0:80.0]
set xtics 1,1
set ytics 0.0,20.0
set label 20 'bench' at graph 1, graph 1.0040 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.8922 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 0 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.55714
set rmargin at screen 0.91875
set tmargin at screen 0.86878
set bmargin at screen 0.67647
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, joint head: +2.9 [1.0, 4.9], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [30.0:90.0]
set xtics 1,1
set ytics 30.0,10.0
set label 20 'bench' at graph 1, graph 0.8524 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7406 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 1 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.59276
set bmargin at screen 0.40045
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, raw head: +1.2 [-0.6, 3.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [20.0:80.0]
set xtics 1,1
set ytics 20.0,10.0
set label 20 'bench' at graph 1, graph 0.8847 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7729 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 2 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.55714
set rmargin at screen 0.91875
set tmargin at screen 0.59276
set bmargin at screen 0.40045
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, discriminative head: +1.7 [-0.7, 4.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xlabel 'epoch' font ',13' textcolor rgb '#666666'
set xrange [1.0:12.0]
set yrange [30.0:80.0]
set xtics 1,1
set ytics 30.0,10.0
set label 20 'bench' at graph 1, graph 0.7705 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.6587 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 3 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.31674
set bmargin at screen 0.12443
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, complementary head: -1.9 [-3.7, -0.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xlabel 'epoch' font ',13' textcolor rgb '#666666'
set xrange [1.0:12.0]
set yrange [20.0:100.0]
set xtics 1,1
set ytics 20.0,20.0
set label 20 'bench' at graph 1, graph 0.6453 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7571 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 4 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset multiplot
unset output
set terminal pdfcairo size 11.6667in,9.2083in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'learning-curves.pdf'
unset label
unset arrow
set multiplot
set label 1 'The same training by bench and by PyTorch' at screen 0.02, screen 0.97285 font ',20' textcolor rgb '#222222'
set label 2 'birdlets, top-1 on the test images in %, 5 seeds of each, 12 epochs; other random numbers, the same recipe' at screen 0.02, screen 0.94796 font ',14' textcolor rgb '#666666'
set label 3 'Thin lines: seeds. Thick lines: their mean. Above: difference of the final means with its 90 % interval; equivalent if that lies within 2 points.' at screen 0.02, screen 0.02036 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.86878
set bmargin at screen 0.67647
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'baseline: +2.4 [-0.3, 5.2], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [0.0:80.0]
set xtics 1,1
set ytics 0.0,20.0
set label 20 'bench' at graph 1, graph 1.0040 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.8922 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 0 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.55714
set rmargin at screen 0.91875
set tmargin at screen 0.86878
set bmargin at screen 0.67647
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, joint head: +2.9 [1.0, 4.9], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [30.0:90.0]
set xtics 1,1
set ytics 30.0,10.0
set label 20 'bench' at graph 1, graph 0.8524 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7406 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 1 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.59276
set bmargin at screen 0.40045
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, raw head: +1.2 [-0.6, 3.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
unset xlabel
set xrange [1.0:12.0]
set yrange [20.0:80.0]
set xtics 1,1
set ytics 20.0,10.0
set label 20 'bench' at graph 1, graph 0.8847 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7729 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 2 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.55714
set rmargin at screen 0.91875
set tmargin at screen 0.59276
set bmargin at screen 0.40045
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, discriminative head: +1.7 [-0.7, 4.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xlabel 'epoch' font ',13' textcolor rgb '#666666'
set xrange [1.0:12.0]
set yrange [30.0:80.0]
set xtics 1,1
set ytics 30.0,10.0
set label 20 'bench' at graph 1, graph 0.7705 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.6587 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 3 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset label
unset arrow
set lmargin at screen 0.05714
set rmargin at screen 0.41875
set tmargin at screen 0.31674
set bmargin at screen 0.12443
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 's3n, complementary head: -1.9 [-3.7, -0.1], not decided' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xlabel 'epoch' font ',13' textcolor rgb '#666666'
set xrange [1.0:12.0]
set yrange [20.0:100.0]
set xtics 1,1
set ytics 20.0,20.0
set label 20 'bench' at graph 1, graph 0.6453 left offset screen 0.00714,0 font ',14' textcolor rgb '#0072B2'
set label 21 'PyTorch' at graph 1, graph 0.7571 left offset screen 0.00714,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 4 && strcol(3) eq kind ? value : NaN
plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \
  data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize 0.6 * dot \
    linewidth 2 linecolor rgb variable title 'means'
unset multiplot
unset output
