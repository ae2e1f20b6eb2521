import Records

/// Top-1 accuracy of each variant: the mean over seeds, its interval, and each seed's point over it.
public struct VariantAccuracy: Figure {
  public let name = "variant-accuracy"
  public let columns = AccuracyLines.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws rows of runs.csv of one table; `classes` gives the chance level, `epochs` goes into the subtitle.
  public init(of runs: [RunRow], classes: Int?, epochs: Int?) throws(FiguresError) {
    try self.init(of: [Source(name: "", runs: runs, classes: classes, epochs: epochs)])
  }

  /// What is shown for one folder.
  struct Source {
    let name: String
    let runs: [RunRow]
    let classes: Int?
    let epochs: Int?
  }

  /// Draws several folders, each under its name.
  init(of sources: [Source]) throws(FiguresError) {
    let predictions = sources.map { Summary(of: $0.runs).predictions }
    guard let first = predictions.joined().first else {
      throw .noData(figure: name, needed: "rows of runs.csv with the metric \(Metric.top1)")
    }
    var lines: [AccuracyLines.Line] = []
    for (source, rows) in zip(sources, predictions) {
      if sources.count > 1 { lines.append(.heading(source.name)) }
      lines += rows.map { row in
        .entry(
          AccuracyEntry(
            row, label: row.cell.label(among: rows.map(\.cell)).shortened(to: 32), runs: source.runs,
            published: PublishedAccuracy.of(row)))
      }
    }
    let classes = sources.map(\.classes).unique()
    let chart = AccuracyLines(lines, chance: classes.count == 1 ? classes[0].map { 100 / Double(max($0, 1)) } : nil)
    rows = chart.rows
    size = chart.size

    let all = Array(predictions.joined())
    let counts = [
      sources.map(\.epochs).unique().count == 1 ? sources[0].epochs.map { counted($0, "epoch") } ?? "" : "",
      counted(all.map { $0.seeds + $0.diverged }, "seed"),
      first.n.map { counted($0, "test image") } ?? "",
    ]
    let subtitle = ["recipe \(first.table.recipe)", first.table.overrides] + counts
    let datasets = all.map(\.table.dataset).unique().joined(separator: ", ")
    commands = chart.commands(
      title: "Top-1 accuracy on \(datasets)",
      subtitle: (sources.count > 1 ? counts : subtitle).filter { !$0.isEmpty }.joined(separator: ", "),
      caption: Self.caption(for: all))
  }

  static func caption(for rows: [SummaryRow]) -> String {
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
    if rows.contains(where: { PublishedAccuracy.of($0) != nil }) { sentences.append("Diamond: the paper's number.") }
    return sentences.joined(separator: " ")
  }
}
