/// The history of one piece of work, or of the memory.
struct HistoryPanel {
  let title: String
  let lines: [HistoryLine]

  /// `commits` are written below as space permits; empty ones are omitted.
  func commands(_ index: Int, _ panel: Panel, in size: FigureSize, commits: [String]) -> String {
    let values = lines.flatMap { $0.points.flatMap { [$0.low, $0.high] } }
    let most = values.max() ?? 0
    let axis = Axis(holding: [0] + values, within: 0...(most > 0 ? 2 * most : 1), tics: 4)
    let labels = LineLabels.commands(
      lines.map {
        .init(text: $0.label, colour: $0.colour, end: ($0.end?.median ?? 0) / axis.range.upperBound)
      }, height: panel.bottom - panel.top, shift: 10, in: size)
    let step = max(1, (commits.count * 66 + panel.right - panel.left - 1) / (panel.right - panel.left))
    let tics = commits.enumerated().filter { ($0.offset + 1 - commits.count) % step == 0 }.map {
      "'\($0.element.prefix(7))' \($0.offset + 1)"
    }
    return """
      \(panel.margins(in: size))
      \(Panel.axes(grid: "ytics"))
      \(Panel.title(title))
      set xrange [0.6:\(commits.count).4]
      set xtics (\(tics.joined(separator: ", "))) font ',11'
      set yrange [0:\(axis.range.upperBound)]
      set ytics 0,\(axis.step)
      \(labels)
      of(kind, value) = $1 == \(index) && strcol(2) eq kind ? value : NaN
      final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
      plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \\
        data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \\
          title 'range', \\
        data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \\
        data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \\
          title 'busy', \\
        data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
      """
  }
}
