/// Lines of efficiency against a doubling number of threads or nodes: the common part of both charts.
struct EfficiencyLines {
  struct Line {
    let label: String
    let colour: String
    let isDashed: Bool
    /// By ascending x.
    let points: [(x: Int, efficiency: Double)]

    /// The gnuplot style of the line.
    var style: String {
      "\(isDashed ? "dashtype (12,8)" : "dashtype solid") linewidth 2 linecolor rgb '\(colour)'"
    }
  }

  let lines: [Line]
  let size: FigureSize
  private let margins: Style.Margins
  private let most: Int

  /// Throws `noData`, naming `counted`, unless an x is above 1.
  init(_ lines: [Line], of counted: String, figure: String) throws(FiguresError) {
    most = lines.flatMap(\.points).map(\.x).max() ?? 0
    guard most > 1 else { throw .noData(figure: figure, needed: "steps on two numbers of \(counted) or more") }
    self.lines = lines
    margins = Style.Margins(leftLabels: ["100 %"], rightLabels: lines.map(\.label))
    size = FigureSize(width: 520 + margins.left + margins.right, height: 440)
  }

  /// The efficiency at the end of a line, as text.
  static func endText(_ points: [(x: Int, efficiency: Double)]) -> String {
    "\(Style.number(100 * (points.last?.efficiency ?? 0), digits: 0)) %"
  }

  /// The commands before the plot: texts, axes and line labels.
  func commands(title: String, subtitle: String, caption: String, axis: String, xs: [Int]) -> String {
    let labels = LineLabels.commands(
      lines.map { .init(text: $0.label, colour: $0.colour, end: $0.points.last?.efficiency ?? 0) }, from: 10,
      height: size.height - Style.headHeight - ScalingSeries.footHeight, shift: 10, in: size)
    return """
      \(Style.frame(
        title: title, subtitle: subtitle.shortened(to: 84), caption: caption, size: size, margins: margins))
      \(ScalingSeries.axes(axis, xs: xs.map(Double.init), size: size))
      set logscale x 2
      set xrange [1:\(most)]
      set yrange [0:100]
      set ytics 0,20 format '%g %%'
      \(labels)
      """
  }
}
