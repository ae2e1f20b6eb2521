import Records

/// The effect of how peaks are split between the branches: each head's accuracy by peak policy.
public struct PeakPolicies: Figure {
  public let name = "peak-policies"
  public let columns = AccuracyLines.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws rows of runs.csv: s3n with fixed p, and with the recipe's schedule.
  public init(of runs: [RunRow]) throws(FiguresError) {
    let all = Summary(of: runs).rows.filter { $0.metric == Metric.top1 && $0.variant.hasPrefix("s3n") }
    guard let first = all.first, Set(all.compactMap(\.p)).count > 1 else {
      throw .noData(figure: name, needed: "runs of at least two of the variants s3n-p0, s3n-p1 and s3n-p2")
    }
    let cells = all.map(\.cell).unique().sorted { ($0.p ?? "~") < ($1.p ?? "~") }
    let lines = all.compactMap(\.head).unique().flatMap { head -> [AccuracyLines.Line] in
      let rows = cells.compactMap { cell in all.first { $0.cell == cell && $0.head == head } }
      return [.heading(head)]
        + rows.map { row in
          let policy = row.p.map { "p = \($0)" } ?? "schedule"
          // Radii distinguish rows of the same policy.
          let radii = row.cell.label(among: cells.filter { $0.p == row.p }).dropFirst(row.variant.count)
          return .entry(AccuracyEntry(row, label: policy + radii, runs: runs))
        }
    }
    let chart = AccuracyLines(lines, chance: nil)
    rows = chart.rows
    size = chart.size
    let subtitle = [
      "S3N, recipe \(first.table.recipe)", first.table.overrides, counted(all.map(\.seeds), "seed"),
      first.n.map { counted($0, "test image") } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    commands = chart.commands(
      title: "Top-1 accuracy by peak policy on \(first.table.dataset)", subtitle: subtitle,
      caption: "p = 0: each branch gets all peaks. p = 1: they are drawn by strength. p = 2: the highest, the lowest.")
  }
}
