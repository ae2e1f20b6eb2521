/// Names of lines right of where they end, moved apart where they would touch.
enum LineLabels {
  /// A line's name, and the height at which it ends, from 0 to 1.
  struct Line {
    let text: String
    let colour: String
    let end: Double
  }

  /// The commands that write the names from label `number` on, `shift` pixels right of a plot that is `height` pixels high.
  static func commands(
    _ lines: [Line], from number: Int = 20, height: Int, shift: Int = 8, in size: FigureSize
  ) -> String {
    zip(lines, heights(lines.map(\.end), gap: 19 / Double(height))).enumerated().map { index, line in
      """
      set label \(number + index) \(Style.quoted(line.0.text)) at graph 1, graph \(Style.number(line.1, digits: 4)) \
      left \(Style.shift(shift, size)) font ',14' textcolor rgb '\(line.0.colour)'
      """
    }.joined(separator: "\n")
  }

  /// Heights from 0 to 1 for the labels of lines that end at `ends`, moved apart to at least `gap`, in the order of the
  /// lines.
  static func heights(_ ends: [Double], gap: Double) -> [Double] {
    var heights = ends
    let order = ends.indices.sorted { ends[$0] < ends[$1] }
    for (below, above) in zip(order, order.dropFirst()) { heights[above] = max(heights[above], heights[below] + gap) }
    // What was pushed over the top comes down again.
    var ceiling = max(1, 1 + gap / 2)
    for index in order.reversed() {
      heights[index] = min(heights[index], ceiling)
      ceiling = heights[index] - gap
    }
    return heights
  }
}
