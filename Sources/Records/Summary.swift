import Foundation

/// A table's results over its runs: one row for each metric of each head of each variant, in first-seen order.
public struct Summary: Equatable, Sendable {
  public let rows: [SummaryRow]

  /// Summarises rows of runs.csv, keeping several tables apart; a pure function.
  public init(of runs: [RunRow]) {
    struct Key: Hashable {
      let cell: Cell
      let head: String?
      let metric, unit: String

      init(_ row: RunRow) {
        cell = row.cell
        head = row.head
        metric = row.metric
        unit = row.unit
      }
    }
    let groups = Dictionary(grouping: runs, by: Key.init)
    rows = runs.map(Key.init).unique().compactMap { key in
      groups[key].flatMap { group in group.first.map { SummaryRow(of: group, like: $0) } }
    }
  }

  /// The accuracy of each variant's prediction, in first-seen order: the head `joint`, or else the first one.
  public var predictions: [SummaryRow] {
    let accuracies = rows.filter { $0.metric == Metric.top1 }
    return accuracies.map(\.cell).unique().compactMap { cell in
      let heads = accuracies.filter { $0.cell == cell }
      return heads.first { $0.head == Head.joint } ?? heads.first
    }
  }

  /// Writes summary.csv into `folder`.
  public func write(to folder: URL) throws(RecordsError) {
    try CSVTable.write(rows, to: RecordsFile.summary.url(in: folder))
  }
}
