import Records

/// Top-1 accuracy of each variant: the mean over seeds, its interval, and each seed's point over it.
public struct VariantAccuracy: Figure {
  public let name = "variant-accuracy"
  public let columns = ["row", "variant", "kind", "seed", "top1_percent", "low_percent", "high_percent", "note"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// From rows of runs.csv of one table; `classes` places the chance level, `epochs` stands in the subtitle.
  public init(of runs: [RunRow], classes: Int?, epochs: Int?) throws(FiguresError) {
    let predictions = Summary(of: runs).predictions
    guard let first = predictions.first else {
      throw .noData(figure: name, needed: "rows of runs.csv with the metric \(Metric.top1)")
    }
    let entries = predictions.map { row in
      VariantEntry(row, label: row.cell.label(among: predictions.map(\.cell)).shortened(to: 32), runs: runs)
    }
    size = FigureSize(width: 800, height: Style.headHeight + 32 * entries.count + Style.footHeight)
    let margins = Style.Margins(leftLabels: entries.map(\.label), rightLabels: entries.map(\.note))
    let axis = AccuracyAxis(
      holding: entries.flatMap(\.extent), chance: classes.map { 100 / Double(max($0, 1)) },
      tics: max(4, (size.width - margins.left - margins.right) / 75))
    rows = entries.enumerated().flatMap { $1.rows(at: $0 + 1, closeness: axis.scale.length / 60) }

    let seeds = predictions.map { $0.seeds + $0.diverged }.max() ?? 0
    let subtitle = [
      "recipe \(first.table.recipe)", first.table.overrides, epochs.map { counted($0, "epoch") } ?? "",
      counted(seeds, "seed"), first.n.map { counted($0, "test image") } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    commands = """
      \(Style.frame(
        title: "Top-1 accuracy on \(first.table.dataset)", subtitle: subtitle.shortened(to: 92),
        caption: Self.caption(for: predictions), size: size, margins: margins))
      \(axis.commands)
      set yrange [\(entries.count).5:0.5]
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
        data using (of('seed', $5)):1 with points pointtype 7 pointsize dot \\
          linecolor rgb '#FFFFFF' title 'seeds', \\
        data using (of('seed', $5)):1 with points pointtype 6 pointsize dot linewidth 1.2 \\
          linecolor rgb '\(Style.ink)' title 'seeds', \\
        data using (of('note', low)):1:2 with labels right \(Style.shift(-8, size)) font ',15' \\
          textcolor rgb '\(Style.ink)' title 'variants', \\
        data using (of('note', high)):1:8 with labels left \(Style.shift(10, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'values'
      """
  }

  private static func caption(for rows: [SummaryRow]) -> String {
    let deviation = rows.contains { $0.standardDeviation != nil }
    let interval = rows.contains { $0.low95 != nil }
    var sentences: [String]
    switch (deviation, interval) {
    case (true, true):
      sentences = ["Circles: seeds. Line: mean. Band: ± 1 standard deviation (one seed: 95 % interval)."]
    case (true, false): sentences = ["Circles: seeds. Line: mean. Band: ± 1 standard deviation."]
    case (false, true):
      sentences = ["Circle: one run. Band: 95 % by the number of test images alone; seeds may differ by more."]
    case (false, false): sentences = [rows.contains { $0.seeds > 0 } ? "Circles: seeds." : "No seed finished."]
    }
    if rows.contains(where: { $0.diverged > 0 && $0.seeds > 0 }) { sentences.append("†: a seed diverged.") }
    return sentences.joined(separator: " ")
  }
}

/// One line of the chart.
private struct VariantEntry {
  let label: String
  let note: String
  let mean: Double?
  let band: (low: Double, high: Double)?
  let seeds: [(seed: UInt64, value: Double)]

  init(_ row: SummaryRow, label: String, runs: [RunRow]) {
    self.label = label
    mean = row.mean
    if let mean = row.mean, let deviation = row.standardDeviation {
      band = (mean - deviation, mean + deviation)
    } else if let low = row.low95, let high = row.high95 {
      band = (low, high)
    } else {
      band = nil
    }
    seeds = runs.filter {
      $0.cell == row.cell && $0.head == row.head && $0.metric == row.metric && $0.status == .finished
    }.compactMap { run in run.value.flatMap { $0.isFinite ? (run.seed, $0) : nil } }
    note = row.accuracy + (row.diverged > 0 && row.seeds > 0 ? " †" : "")
  }

  var extent: [Double] { seeds.map(\.value) + (band.map { [$0.low, $0.high] } ?? []) }

  /// The rows of the data.
  func rows(at position: Int, closeness: Double) -> [[String]] {
    var rows: [[String]] = []
    if let mean {
      let (low, high) = band ?? (mean, mean)
      rows.append(["\(position)", label, "mean", "", mean.field, low.field, high.field, ""])
    }
    rows.append(["\(position)", label, "note", "", "", "", "", note])
    for (point, offset) in zip(seeds, offsets(of: seeds.map(\.value), closeness: closeness)) {
      rows.append([(Double(position) + offset).field, label, "seed", "\(point.seed)", point.value.field, "", "", ""])
    }
    return rows
  }
}
