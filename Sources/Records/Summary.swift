import Foundation

/// What the runs of a table come to: one row for each metric of each head of each variant, in first-seen order.
public struct Summary: Equatable, Sendable {
  public let rows: [SummaryRow]

  /// A pure function of rows of runs.csv; in one with several tables they stay apart.
  public init(of runs: [RunRow]) {
    struct Key: Hashable {
      let dataset, recipe, overrides, variant: String
      let p: String?
      let radius, radiusInverse: Double?
      let head: String?
      let metric, unit: String
    }
    var order: [Key] = []
    var groups: [Key: [RunRow]] = [:]
    for row in runs {
      let key = Key(
        dataset: row.dataset, recipe: row.recipe, overrides: row.overrides, variant: row.variant, p: row.p,
        radius: row.radius, radiusInverse: row.radiusInverse, head: row.head, metric: row.metric, unit: row.unit)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    rows = order.compactMap { key in
      groups[key].flatMap { runs in runs.first.map { SummaryRow(of: runs, like: $0) } }
    }
  }

  /// Writes summary.csv into `folder`.
  public func write(to folder: URL) throws(RecordsError) {
    try CSVTable.write(rows, to: RecordsFile.summary.url(in: folder))
  }
}
