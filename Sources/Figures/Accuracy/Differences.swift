import Comparisons
import Records

/// The difference of each variant from the reference: its interval, coloured by the verdict, and each pair of seeds.
public struct Differences: Figure {
  public let name = "differences"
  public let columns = [
    "row", "variant", "kind", "seed", "difference_points", "low_points", "high_points", "value", "note",
  ]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws the rows of comparisons.csv that compare with the reference, with single seeds from the rows of runs.csv;
  /// both of one table.
  public init(of comparisons: [ComparisonRow], runs: [RunRow]) throws(FiguresError) {
    let shown = comparisons.filter { $0.family == .reference && $0.difference?.isFinite == true }
    guard let first = shown.first else {
      throw .noData(figure: name, needed: "rows of comparisons.csv with a difference from a reference")
    }
    let cells = [first.other] + shown.map(\.cell)
    let labels = shortenedApart(shown.map { $0.cell.label(among: cells) }, to: 32)
    let entries = zip(shown, labels).map { DifferenceEntry($0, label: $1, runs: runs) }
    let reference = first.other.label(among: cells)
    // The family that is corrected together, drawn or not.
    let pairs = comparisons.count { $0.family == .reference }
    size = FigureSize(width: 800, height: Style.headHeight + 32 * entries.count + Style.footHeight)
    let margins = Style.Margins(
      leftLabels: entries.map(\.label), rightLabels: entries.map(\.verdict) + ["no difference shown (1.0)"])
    let axis = Axis(
      holding: [0] + entries.flatMap(\.extent), within: -100...100,
      tics: max(4, (size.width - margins.left - margins.right) / 75))
    rows = entries.enumerated().flatMap { $1.rows(at: $0 + 1, closeness: axis.length / 60) }

    let key = first.table
    let subtitle = [
      "points", "recipe \(key.recipe)", key.overrides, counted(shown.map(\.seedCount), "paired seed"),
      counted(first.imageCount, "test image"),
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    let tics = axis.signedTics
    let quiet = "textcolor rgb '\(Style.quiet)' font ',13'"
    commands = """
      \(Style.frame(
        title: "Difference from \(reference) in top-1 accuracy on \(key.dataset)", subtitle: subtitle.shortened(to: 92),
        caption: Self.caption(shown), size: size, margins: margins))
      set xrange [\(axis.range.lowerBound):\(axis.range.upperBound)]
      set xtics (\(tics))
      set label 5 'verdict\(pairs == 1 ? "" : " (Holm, \(pairs) pairs)")' at graph 1, graph 1 left \\
        offset screen \(Style.number(58 / Double(size.width), digits: 5)), character 0.6 \(quiet)
      set label 4 \(Style.quoted(reference)) at first 0, graph 1 center offset 0,0.6 \(quiet)
      set yrange [\(entries.count).5:0.5]
      unset ytics
      low = \(axis.range.lowerBound)
      high = \(axis.range.upperBound)
      half = 0.2
      of(kind, value) = strcol(3) eq kind ? value : NaN
      plot data using (of('note', low)):1:(high - low):(0) with vectors nohead \\
          linecolor rgb '\(Style.grid)' title 'guides', \\
        \(Verdict.allCases.map(Self.band).joined(separator: ", \\\n  ")), \\
        data using (of('note', 0)):($1 - 0.5):(0):(1) with vectors nohead linewidth 1.5 \\
          linecolor rgb '\(Style.quiet)' title 'reference', \\
        \(Style.seeds("of('seed', $5)")), \\
        data using (of('note', low)):1:2 with labels right \(Style.shift(-8, size)) font ',15' \\
          textcolor rgb '\(Style.ink)' title 'variants', \\
        data using (of('note', high)):1:8 with labels right \(Style.shift(46, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'values', \\
        data using (of('note', high)):1:9 with labels left \(Style.shift(58, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'verdicts'
      """
  }

  /// The intervals of one verdict and their differences.
  private static func band(_ verdict: Verdict) -> String {
    let kind = "'\(DifferenceEntry.kind(verdict))'"
    let (fill, line) =
      switch verdict {
      case .better: (Style.paleBlue, Style.blue)
      case .betterTheseWeights: (Style.palestBlue, Style.blue)
      case .worse: (Style.paleVermilion, Style.vermilion)
      case .worseTheseWeights: (Style.palestVermilion, Style.vermilion)
      case .notShown: (Style.paleQuiet, Style.quiet)
      }
    return """
      data using (of(\(kind), $5)):1:6:7:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(fill)' title 'band', \\
        data using (of(\(kind), $5)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \\
          linecolor rgb '\(line)' title 'difference'
      """
  }

  private static func caption(_ rows: [ComparisonRow]) -> String {
    let hasSeeds = rows.contains { $0.seedCount > 1 }
    let single = rows.contains { $0.seedCount < 2 } ? " (one pair: images)" : ""
    let sentences = [
      hasSeeds ? "Circles: pairs of seeds. Band: 95 % over seeds and images\(single)." : "Band: 95 % over images.",
      rows.contains { $0.verdict == .notShown } ? "In brackets: the smallest that could be shown." : "",
    ]
    return sentences.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// One row of the chart.
private struct DifferenceEntry {
  let label: String
  private let row: ComparisonRow
  private let seeds: [(seed: UInt64, value: Double)]

  init(_ row: ComparisonRow, label: String, runs: [RunRow]) {
    self.row = row
    self.label = label
    func accuracies(_ cell: Cell, _ head: String) -> [UInt64: Double] {
      let rows = runs.filter {
        $0.cell == cell && $0.head == head && $0.metric == Metric.top1 && $0.status == .finished
      }
      return Dictionary(rows.compactMap { run in run.value.flatMap { $0.isFinite ? (run.seed, $0) : nil } }) {
        first, _ in first
      }
    }
    let others = accuracies(row.other, row.otherHead)
    seeds = accuracies(row.cell, row.head).sorted { $0.key < $1.key }.compactMap { seed, value in
      others[seed].map { (seed, value - $0) }
    }
  }

  var verdict: String { row.verdictText }

  /// The verdict's name in the data, without commas, which separate fields.
  static func kind(_ verdict: Verdict) -> String { verdict.rawValue.replacing(",", with: "") }

  var extent: [Double] { seeds.map(\.value) + (row.interval.map { [$0.lowerBound, $0.upperBound] } ?? []) }

  func rows(at position: Int, closeness: Double) -> [[String]] {
    let difference = row.difference ?? 0
    let interval = row.interval ?? difference...difference
    return [
      [
        "\(position)", label, Self.kind(row.verdict), "", difference.field, interval.lowerBound.field,
        interval.upperBound.field, "", "",
      ],
      ["\(position)", label, "note", "", "", "", "", row.differenceText, verdict],
    ]
      + zip(seeds, offsets(of: seeds.map(\.value), closeness: closeness)).map { point, offset in
        [(Double(position) + offset).field, label, "seed", "\(point.seed)", point.value.field, "", "", "", ""]
      }
  }
}
