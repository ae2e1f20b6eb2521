import Foundation
import Records

/// One line of a scaling chart: its label and its points by ascending x.
struct ScalingSeries {
  let label: String
  let colour: String
  let isDashed: Bool
  let points: [Point]

  struct Point {
    let x: Double
    let time: StepTime
    var seconds: Double { 1e-9 * time.medianNanoseconds }
  }

  /// The line called `label`, with `x` giving the position of each time.
  init(_ label: String, colour: String, isDashed: Bool = false, _ times: [StepTime], x: (StepTime) -> Double) {
    self.label = label
    self.colour = colour
    self.isDashed = isDashed
    points = times.map { Point(x: x($0), time: $0) }.sorted { $0.x < $1.x }
  }

  static let columns = ["series", "x", "median_s", "p10_s", "p90_s", "status"]

  func rows(number: Int) -> [[String]] {
    points.map { point in
      [
        "\(number)", point.x.field, point.seconds.field, (1e-9 * point.time.p10Nanoseconds).field,
        (1e-9 * point.time.p90Nanoseconds).field, point.time.status.rawValue,
      ]
    }
  }

  /// The parts of a plot command that draw line `number`: whiskers, line, points; hollow unless final.
  func plots(number: Int) -> [String] {
    let mine = "($1 == \(number) ? $2 : NaN)"
    let dash = isDashed ? "dashtype (12,8)" : "dashtype solid"
    return [
      "data using \(mine):4:(0):($5 - $4) with vectors nohead linewidth 1.2 linecolor rgb '\(colour)' title 'range'",
      "data using \(mine):3 with lines \(dash) linewidth 2 linecolor rgb '\(colour)' title 'medians'",
      "data using \(mine):3 with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy'",
      "data using \(mine):3 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb '\(colour)' title 'busy'",
      """
      data using ($1 == \(number) && strcol(6) eq 'final' ? $2 : NaN):3 with points pointtype 7 pointsize dot \
      linecolor rgb '\(colour)' title 'final'
      """,
    ]
  }

  /// The pixels below the plot, including the axis name.
  static let footHeight = Style.footHeight + 24

  /// The commands that set up the horizontal axis, with tics at `xs`, and the lines of the vertical one.
  static func axes(_ name: String, xs: [Double], size: FigureSize) -> String {
    """
    set bmargin at screen \(Style.number(Double(footHeight) / Double(size.height), digits: 5))
    set xtics (\(xs.map { "'\(Style.number($0, digits: 0))' \($0)" }.joined(separator: ", "))) format '%g'
    set xlabel \(Style.quoted(name)) font ',13' textcolor rgb '\(Style.quiet)'
    set ytics font ',13' textcolor rgb '\(Style.quiet)'
    unset grid
    set grid ytics linetype 1 linecolor rgb '\(Style.grid)' linewidth 1
    """
  }

  /// The commands that label each line right of its end; `height` maps a value to a height from 0 to 1.
  static func labels(_ series: [ScalingSeries], size: FigureSize, height: (Double) -> Double) -> String {
    return LineLabels.commands(
      series.map { .init(text: $0.label, colour: $0.colour, end: height($0.points.last?.seconds ?? 0)) }, from: 10,
      height: size.height - Style.headHeight - footHeight, shift: 10, in: size)
  }
}
