import Records

/// A panel of curves over the epochs, each with its label at its end.
struct EpochPanel {
  let title: String
  /// The limits of the values; nil for any from 0 on.
  let limits: ClosedRange<Double>?
  let curves: [Curve]

  private static let (top, pitch, height, left) = (116, 244, 170, 64)

  /// The size of a figure with `count` panels in `columns`, row by row.
  static func size(of count: Int, columns: Int = 1) -> FigureSize {
    FigureSize(width: columns == 1 ? 800 : 560 * columns, height: top + pitch * ((count + columns - 1) / columns) + 36)
  }

  /// The commands of panels in `columns`, row by row, with `marks` across the panels whose indices are in `marked`.
  static func commands(
    _ texts: String, _ panels: [EpochPanel], columns: Int = 1, epochs: Int, marks: [ScheduleMark] = [],
    on marked: Range<Int> = 0..<0
  ) -> String {
    let right = 28 + (panels.flatMap(\.curves).map { Style.width(of: $0.label) }.max() ?? 0)
    let size = size(of: panels.count, columns: columns)
    return Panel.all(
      texts,
      panels.enumerated().map { index, panel in
        let (width, top) = (size.width / columns, Self.top + Self.pitch * (index / columns))
        let left = width * (index % columns)
        return panel.commands(
          index, in: size,
          at: Panel(left: left + Self.left, right: left + width - right, top: top, bottom: top + Self.height),
          epochs: epochs, marks: marked.contains(index) ? marks.map(\.epoch) : [],
          isLast: index + columns >= panels.count)
      })
  }

  private func commands(
    _ index: Int, in size: FigureSize, at panel: Panel, epochs: Int, marks: [Int], isLast: Bool
  ) -> String {
    let values = curves.flatMap { $0.seeds.joined().map(\.value) }
    let most = values.max() ?? 0
    let axis = Axis(holding: values, within: limits ?? 0...(most > 0 ? 2 * most : 1), tics: 4)
    let labels = LineLabels.commands(
      curves.map {
        .init(
          text: $0.label, colour: $0.colour, end: (($0.mean.last?.value ?? 0) - axis.range.lowerBound) / axis.length)
      }, height: Self.height, in: size)
    let arrows = marks.enumerated().map { number, epoch in
      """
      set arrow \(number + 1) from first \(Double(epoch) + 0.5), graph 0 to first \(Double(epoch) + 0.5), graph 1 nohead \
      back dashtype (8,8) linewidth 1 linecolor rgb '\(Style.quiet)'
      """
    }
    return """
      \(panel.margins(in: size))
      \(Panel.axes(grid: "ytics"))
      \(Panel.title(title))
      \(isLast ? "set xlabel 'epoch' font ',13' textcolor rgb '\(Style.quiet)'" : "unset xlabel")
      set xrange [\(epochs == 1 ? 0.5 : 1):\(epochs == 1 ? 1.5 : Double(epochs))]
      set yrange [\(axis.range.lowerBound):\(axis.range.upperBound)]
      \(epochs <= 12 ? "set xtics 1,1" : "set xtics autofreq")
      set ytics \(axis.range.lowerBound),\(axis.step)
      \(([labels] + arrows).joined(separator: "\n"))
      of(kind, value) = $1 == \(index) && strcol(3) eq kind ? value : NaN
      plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \\
        data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize \(epochs > 30 ? "0" : "0.6 * dot") \\
          linewidth 2 linecolor rgb variable title 'means'
      """
  }
}
