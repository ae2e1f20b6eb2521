import Records

/// Rows of accuracies on one axis, with headings between them.
struct AccuracyLines {
  enum Line {
    case heading(String)
    case entry(AccuracyEntry)

    var label: String {
      switch self {
      case .heading(let text): text
      case .entry(let entry): entry.label
      }
    }
  }

  static let columns = ["row", "variant", "kind", "seed", "top1_percent", "low_percent", "high_percent", "note"]
  let rows: [[String]]
  let size: FigureSize
  private let axis: AccuracyAxis
  private let margins: Style.Margins
  private let bottom: Double

  init(_ lines: [Line], chance: Double?) {
    let entries = lines.compactMap { line in if case .entry(let entry) = line { entry } else { nil } }
    let hasHeadings = entries.count < lines.count
    var places: [Double] = []
    for line in lines {
      // A gap separates a heading from the row above.
      let gap = if case .heading = line { 0.4 } else { 0.0 }
      places.append(places.last.map { $0 + 1 + gap } ?? 1)
    }
    bottom = (places.last ?? 0) + 0.5
    size = FigureSize(width: 800, height: Style.headHeight + Int(32 * (bottom - 0.5)) + Style.footHeight)
    let margins = Style.Margins(leftLabels: lines.map(\.label), rightLabels: entries.map(\.note))
    let axis = AccuracyAxis(
      holding: entries.flatMap(\.extent), chance: chance, tics: max(4, (size.width - margins.left - margins.right) / 75)
    )
    let closeness = axis.scale.length / 60
    rows = zip(places, lines).flatMap { place, line in
      switch line {
      case .heading(let text): [[place.field, text, "heading", "", "", "", "", ""]]
      case .entry(let entry): entry.rows(at: place, closeness: closeness)
      }
    }
    (self.axis, self.margins) = (axis, margins)
    self.hasHeadings = hasHeadings
  }

  private let hasHeadings: Bool

  func commands(title: String, subtitle: String, caption: String) -> String {
    let headings = """
      , \\
        data using (of('heading', low)):1:2 with labels right \(Style.shift(-8, size)) font ',15' \\
          textcolor rgb '\(Style.blue)' title 'headings'
      """
    let published = """
      , \\
        data using (of('published', $5)):1 with points pointtype 12 pointsize 1.6 * dot linewidth 1.5 \\
          linecolor rgb '\(Style.vermilion)' title 'published'
      """
    return """
      \(Style.frame(
        title: title, subtitle: subtitle.shortened(to: 92), caption: caption, size: size, margins: margins))
      \(axis.commands)
      set yrange [\(Style.number(bottom)):0.5]
      unset ytics
      low = \(axis.left)
      high = \(axis.scale.range.upperBound)
      half = 0.2
      of(kind, value) = strcol(3) eq kind ? value : NaN
      plot data using (of('note', low)):1:(high - low):(0) with vectors nohead \\
          linecolor rgb '\(Style.grid)' title 'guides', \\
        data using (of('mean', $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.paleBlue)' title 'band', \\
        data using (of('mean', $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \\
          linecolor rgb '\(Style.blue)' title 'mean', \\
        \(Style.seeds("of('seed', $5)")), \\
        data using (of('note', low)):1:2 with labels right \(Style.shift(-8, size)) font ',15' \\
          textcolor rgb '\(Style.ink)' title 'variants', \\
        data using (of('note', high)):1:8 with labels left \(Style.shift(10, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'values'\(hasHeadings ? headings : "")\(
            rows.contains { $0[2] == "published" } ? published : "")
      """
  }
}
