/// Labels to the right of the ends of lines, moved apart where they would overlap.
enum LineLabels {
  /// A line's label, and the height of its end, from 0 to 1.
  struct Line {
    let text: String
    let colour: String
    let end: Double
  }

  /// The commands that write the labels, numbered from `number`, `shift` pixels right of a plot `height` pixels high.
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

  /// Label heights, from 0 to 1, for lines that end at `ends`: moved apart to at least `gap`, in the order of `ends`.
  static func heights(_ ends: [Double], gap: Double) -> [Double] {
    var heights = ends
    let order = ends.indices.sorted { ends[$0] < ends[$1] }
    for (below, above) in zip(order, order.dropFirst()) { heights[above] = max(heights[above], heights[below] + gap) }
    // Labels pushed above the top move down again.
    var ceiling = max(1, 1 + gap / 2)
    for index in order.reversed() {
      heights[index] = min(heights[index], ceiling)
      ceiling = heights[index] - gap
    }
    return heights
  }
}
