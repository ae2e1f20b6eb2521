import Records

/// The change of a model's accuracy when it is made to look elsewhere: each intervention on the joint head.
public struct LookingElsewhere: Figure {
  public let name = "looking-elsewhere"
  public let columns = ["row", "label", "kind", "change_points", "low_points", "high_points", "note"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws rows of interventions.csv of one dataset, for the joint head.
  public init(of interventions: [InterventionRow]) throws(FiguresError) {
    // The raw head sees the unwarped image, whatever the others look at.
    let shown = interventions.filter { $0.head == "joint" && $0.change != nil }
    guard let first = shown.first else {
      throw .noData(figure: name, needed: "rows of interventions.csv with a change of the joint head")
    }
    let groups = shown.families.map { name, rows in
      let untouched = interventions.filter { $0.head == "joint" && $0.family == rows[0].family && $0.change == nil }
        .overSeeds
      let top1 = untouched.map(\.top1).reduce(0, +) / Double(max(untouched.count, 1))
      return (
        title: "\(name), \(oneDecimal(top1)) %",
        entries: rows.map(\.intervention).unique().map { name in
          ChangeEntry(name, rows.filter { $0.intervention == name })
        }
      )
    }
    let entries = groups.flatMap(\.entries)
    let margins = Style.Margins(
      leftLabels: entries.map(\.label) + groups.map(\.title), rightLabels: entries.map(\.note))
    let axis = Axis(
      holding: [0] + entries.flatMap { [$0.low, $0.high] }, within: -100...100,
      tics: max(4, (GroupedLines.width - margins.left - margins.right) / 75))
    let lines = GroupedLines(groups) { $0.rows(at: $1, closeness: axis.length / 60) }
    (rows, size) = (lines.rows, lines.size)
    let tics = axis.signedTics
    commands = """
      \(Style.frame(
        title: "Made to look elsewhere: change of top-1 accuracy on \(first.dataset)",
        subtitle: "points, joint head, without training again, \(counted(first.images, "test image")), "
          + counted(shown.families.map(\.rows.seedCount), "seed"),
        caption: Self.caption(shown),
        size: size, margins: margins))
      set xrange [\(axis.range.lowerBound):\(axis.range.upperBound)]
      set xtics (\(tics))
      \(lines.axis)
      low = \(axis.range.lowerBound)
      high = \(axis.range.upperBound)
      half = 0.26
      of(kind, value) = strcol(3) eq kind ? value : NaN
      plot \(GroupedLines.guides(from: "low", length: "high - low")), \\
        \(Self.band("worse", Style.paleVermilion, Style.vermilion)), \\
        \(Self.band("better", Style.paleBlue, Style.blue)), \\
        \(Self.band("open", Style.paleQuiet, Style.quiet)), \\
        data using (of('label', 0)):($1 - 0.5):(0):(1) with vectors nohead linewidth 1.5 \\
          linecolor rgb '\(Style.quiet)' title 'as it is', \\
        \(Style.seeds("of('seed', $4)")), \\
        \(lines.texts(of: "interventions", left: "low", right: "high"))
      """
  }

  private static func caption(_ shown: [InterventionRow]) -> String {
    if shown.contains(where: { $0.seed == nil }) {
      return "Circles: seeds. Line, band: mean, 95 % over seeds and images\(shown.exceptionOfSingleSeeds)."
    }
    return shown.families.contains { $0.rows.seedCount > 1 }
      ? "Circles: seeds. Line: mean. Band: 95 % over images, from the lowest to the highest of all seeds."
      : "Band: 95 % over images."
  }

  /// The bands of one kind and their means.
  private static func band(_ kind: String, _ fill: String, _ line: String) -> String {
    """
    data using (of('\(kind)', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \\
        linecolor rgb '\(fill)' title 'band', \\
      data using (of('\(kind)', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \\
        linecolor rgb '\(line)' title '\(kind)'
    """
  }
}

/// One row of the chart.
private struct ChangeEntry {
  let label: String
  let note: String
  let low: Double
  let high: Double
  private let mean: Double
  private let seeds: [(seed: UInt64, value: Double)]

  init(_ intervention: String, _ rows: [InterventionRow]) {
    label = intervention
    seeds = rows.compactMap { row in row.seed.flatMap { seed in row.change.map { (seed, $0) } } }
    let rows = rows.overSeeds
    let changes = rows.compactMap(\.change)
    mean = changes.reduce(0, +) / Double(max(changes.count, 1))
    low = rows.compactMap(\.low95).min() ?? mean
    high = rows.compactMap(\.high95).max() ?? mean
    note = "\(signed(mean)) \(intervalText(low, high))"
  }

  private var kind: String { high < 0 ? "worse" : low > 0 ? "better" : "open" }

  func rows(at row: Int, closeness: Double) -> [[String]] {
    let points = seeds.count < 2 ? [] : zip(seeds, offsets(of: seeds.map(\.value), closeness: closeness)).map { $0 }
    return [
      ["\(row)", label, kind, mean.field, low.field, high.field, ""], ["\(row)", label, "label", "", "", "", note],
    ]
      + points.map { point, offset in
        [(Double(row) + offset).field, label, "seed", point.value.field, "", "", "\(point.seed)"]
      }
  }
}
