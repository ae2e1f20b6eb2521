# Draws performance-history.svg, .png and .pdf from performance-history.csv. Run in this folder: gnuplot performance-history.gp
data = 'performance-history.csv'
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
set terminal svg size 920,1402 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' name 'performance_history'
dot = 0.5
set output 'performance-history.svg'
unset label
unset arrow
set multiplot
set label 1 'Time and memory of a step, by commit' at screen 0.02, screen 0.98288 font ',20' textcolor rgb '#222222'
set label 2 'AMD EPYC, 2 CPUs, 2 threads, avx512, 2 commits' at screen 0.02, screen 0.96719 font ',14' textcolor rgb '#666666'
set label 3 'Points: medians, hollow where the machine was busy; bars: p10 to p90. Lines join what was measured last.' at screen 0.02, screen 0.01284 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.91726
set bmargin at screen 0.79601
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'ResNet-50 training step, batch 8, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:4.0]
set ytics 0,1.0
set label 20 'bf16: 2.05' at graph 1, graph 0.5136 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'fp32: 3.20' at graph 1, graph 0.8000 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 0 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.73894
set bmargin at screen 0.61769
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'ResNet-50 inference, batch 8, 448 x 448, ms' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:1250.0]
set ytics 0,250.0
set label 20 'fp32: 954' at graph 1, graph 0.7631 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 1 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.56063
set bmargin at screen 0.43937
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'S3N (ResNet-50) training step, batch 8, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:15.0]
set ytics 0,5.0
set label 20 'bf16: 6.94' at graph 1, graph 0.4623 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'fp32: 11.2' at graph 1, graph 0.7494 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 2 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.38231
set bmargin at screen 0.26106
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'S3N (ResNet-50) training step, batch 16, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:15.0]
set ytics 0,5.0
set label 20 'bf16: 13.6' at graph 1, graph 0.9038 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
of(kind, value) = $1 == 3 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.20399
set bmargin at screen 0.08274
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'Tensors at their most, GB' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('ba11bcb' 1, '4f11b2e' 2) font ',11'
set yrange [0:10.0]
set ytics 0,2.5
set label 20 'resnet, train, fp32, batch 8: 3.26' at graph 1, graph 0.3261 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'resnet, infer, fp32, batch 8: 0.70' at graph 1, graph 0.0697 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
set label 22 's3n, train, fp32, batch 8: 8.56' at graph 1, graph 0.8561 left offset screen 0.01087,0 font ',14' textcolor rgb '#009E73'
set label 23 's3n, train, bf16, batch 8: 5.01' at graph 1, graph 0.5014 left offset screen 0.01087,0 font ',14' textcolor rgb '#AA4488'
set label 24 'resnet, train, bf16, batch 8: 1.89' at graph 1, graph 0.1891 left offset screen 0.01087,0 font ',14' textcolor rgb '#B87800'
set label 25 's3n, train, bf16, batch 16: 5.05' at graph 1, graph 0.6131 left offset screen 0.01087,0 font ',14' textcolor rgb '#3A94C8'
of(kind, value) = $1 == 4 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset multiplot
unset output
set terminal pngcairo size 1840,2804 noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 1.5 linewidth 2 pointscale 2
dot = 0.75
set output 'performance-history.png'
unset label
unset arrow
set multiplot
set label 1 'Time and memory of a step, by commit' at screen 0.02, screen 0.98288 font ',20' textcolor rgb '#222222'
set label 2 'AMD EPYC, 2 CPUs, 2 threads, avx512, 2 commits' at screen 0.02, screen 0.96719 font ',14' textcolor rgb '#666666'
set label 3 'Points: medians, hollow where the machine was busy; bars: p10 to p90. Lines join what was measured last.' at screen 0.02, screen 0.01284 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.91726
set bmargin at screen 0.79601
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'ResNet-50 training step, batch 8, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:4.0]
set ytics 0,1.0
set label 20 'bf16: 2.05' at graph 1, graph 0.5136 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'fp32: 3.20' at graph 1, graph 0.8000 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 0 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.73894
set bmargin at screen 0.61769
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'ResNet-50 inference, batch 8, 448 x 448, ms' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:1250.0]
set ytics 0,250.0
set label 20 'fp32: 954' at graph 1, graph 0.7631 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 1 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.56063
set bmargin at screen 0.43937
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'S3N (ResNet-50) training step, batch 8, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:15.0]
set ytics 0,5.0
set label 20 'bf16: 6.94' at graph 1, graph 0.4623 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'fp32: 11.2' at graph 1, graph 0.7494 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 2 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.38231
set bmargin at screen 0.26106
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'S3N (ResNet-50) training step, batch 16, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:15.0]
set ytics 0,5.0
set label 20 'bf16: 13.6' at graph 1, graph 0.9038 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
of(kind, value) = $1 == 3 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.20399
set bmargin at screen 0.08274
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'Tensors at their most, GB' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('ba11bcb' 1, '4f11b2e' 2) font ',11'
set yrange [0:10.0]
set ytics 0,2.5
set label 20 'resnet, train, fp32, batch 8: 3.26' at graph 1, graph 0.3261 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'resnet, infer, fp32, batch 8: 0.70' at graph 1, graph 0.0697 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
set label 22 's3n, train, fp32, batch 8: 8.56' at graph 1, graph 0.8561 left offset screen 0.01087,0 font ',14' textcolor rgb '#009E73'
set label 23 's3n, train, bf16, batch 8: 5.01' at graph 1, graph 0.5014 left offset screen 0.01087,0 font ',14' textcolor rgb '#AA4488'
set label 24 'resnet, train, bf16, batch 8: 1.89' at graph 1, graph 0.1891 left offset screen 0.01087,0 font ',14' textcolor rgb '#B87800'
set label 25 's3n, train, bf16, batch 16: 5.05' at graph 1, graph 0.6131 left offset screen 0.01087,0 font ',14' textcolor rgb '#3A94C8'
of(kind, value) = $1 == 4 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset multiplot
unset output
set terminal pdfcairo size 9.5833in,14.6042in noenhanced background '#FFFFFF' font 'Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif,15' fontscale 0.5625 linewidth 1 pointscale 1
dot = 0.75
set output 'performance-history.pdf'
unset label
unset arrow
set multiplot
set label 1 'Time and memory of a step, by commit' at screen 0.02, screen 0.98288 font ',20' textcolor rgb '#222222'
set label 2 'AMD EPYC, 2 CPUs, 2 threads, avx512, 2 commits' at screen 0.02, screen 0.96719 font ',14' textcolor rgb '#666666'
set label 3 'Points: medians, hollow where the machine was busy; bars: p10 to p90. Lines join what was measured last.' at screen 0.02, screen 0.01284 font ',12' textcolor rgb '#666666'
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.91726
set bmargin at screen 0.79601
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'ResNet-50 training step, batch 8, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:4.0]
set ytics 0,1.0
set label 20 'bf16: 2.05' at graph 1, graph 0.5136 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'fp32: 3.20' at graph 1, graph 0.8000 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 0 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.73894
set bmargin at screen 0.61769
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'ResNet-50 inference, batch 8, 448 x 448, ms' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:1250.0]
set ytics 0,250.0
set label 20 'fp32: 954' at graph 1, graph 0.7631 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 1 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.56063
set bmargin at screen 0.43937
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'S3N (ResNet-50) training step, batch 8, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:15.0]
set ytics 0,5.0
set label 20 'bf16: 6.94' at graph 1, graph 0.4623 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'fp32: 11.2' at graph 1, graph 0.7494 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
of(kind, value) = $1 == 2 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.38231
set bmargin at screen 0.26106
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'S3N (ResNet-50) training step, batch 16, 448 x 448, s' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('' 1, '' 2) font ',11'
set yrange [0:15.0]
set ytics 0,5.0
set label 20 'bf16: 13.6' at graph 1, graph 0.9038 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
of(kind, value) = $1 == 3 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset label
unset arrow
set lmargin at screen 0.07826
set rmargin at screen 0.63696
set tmargin at screen 0.20399
set bmargin at screen 0.08274
unset grid
set grid ytics linetype 1 linecolor rgb '#E6E6E6' linewidth 1
set xtics autofreq font ',13' textcolor rgb '#666666' format '%g'
set ytics autofreq font ',13' textcolor rgb '#666666' format '%g'
set label 9 'Tensors at their most, GB' at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '#222222'
set xrange [0.6:2.4]
set xtics ('ba11bcb' 1, '4f11b2e' 2) font ',11'
set yrange [0:10.0]
set ytics 0,2.5
set label 20 'resnet, train, fp32, batch 8: 3.26' at graph 1, graph 0.3261 left offset screen 0.01087,0 font ',14' textcolor rgb '#0072B2'
set label 21 'resnet, infer, fp32, batch 8: 0.70' at graph 1, graph 0.0697 left offset screen 0.01087,0 font ',14' textcolor rgb '#D55E00'
set label 22 's3n, train, fp32, batch 8: 8.56' at graph 1, graph 0.8561 left offset screen 0.01087,0 font ',14' textcolor rgb '#009E73'
set label 23 's3n, train, bf16, batch 8: 5.01' at graph 1, graph 0.5014 left offset screen 0.01087,0 font ',14' textcolor rgb '#AA4488'
set label 24 'resnet, train, bf16, batch 8: 1.89' at graph 1, graph 0.1891 left offset screen 0.01087,0 font ',14' textcolor rgb '#B87800'
set label 25 's3n, train, bf16, batch 16: 5.05' at graph 1, graph 0.6131 left offset screen 0.01087,0 font ',14' textcolor rgb '#3A94C8'
of(kind, value) = $1 == 4 && strcol(2) eq kind ? value : NaN
final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \
  data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \
    title 'range', \
  data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \
  data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \
    title 'busy', \
  data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
unset multiplot
unset output
