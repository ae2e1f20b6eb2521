/// The rows of a chart under group headings, as rows of its data: row, label, kind, three values and a note.
struct GroupedLines {
  /// The width of the figure in pixels.
  static let width = 800

  let rows: [[String]]
  let size: FigureSize
  /// The number of text rows, including headings and gaps between groups.
  private let count: Int

  /// - Parameter rows: returns an entry's data rows for a row of the chart.
  init<Entry>(_ groups: [(title: String, entries: [Entry])], rows: (Entry, Int) -> [[String]]) {
    var (line, all) = (0, [[String]]())
    for (title, entries) in groups {
      line += line == 0 ? 1 : 2
      all.append(["\(line)", title, "group", "", "", "", ""])
      for entry in entries {
        line += 1
        all += rows(entry, line)
      }
    }
    (self.rows, count) = (all, line)
    size = FigureSize(width: Self.width, height: Style.headHeight + 24 * line + Style.footHeight)
  }

  /// The commands that set up the vertical axis.
  var axis: String { "set yrange [\(count).5:0.5]\nunset ytics" }

  /// The part of a plot that draws a guide along each row, starting at `low`.
  static func guides(from low: String, length: String) -> String {
    """
    data using (of('label', \(low))):1:(\(length)):(0) with vectors nohead \\
        linecolor rgb '\(Style.grid)' title 'guides'
    """
  }

  /// The parts of a plot that write headings and labels left of `low` and notes right of `high`.
  func texts(of what: String, left low: String, right high: String) -> String {
    """
    data using (of('group', \(low))):1:2 with labels right \(Style.shift(-8, size)) font ',16' \\
        textcolor rgb '\(Style.blue)' title 'variants', \\
      data using (of('label', \(low))):1:2 with labels right \(Style.shift(-8, size)) font ',14' \\
        textcolor rgb '\(Style.ink)' title '\(what)', \\
      data using (of('label', \(high))):1:7 with labels left \(Style.shift(10, size)) font ',13' \\
        textcolor rgb '\(Style.ink)' title 'values'
    """
  }
}
