import Foundation

extension Summary {
  /// The tables for the terminal: each variant's prediction with its measures, then its other heads' accuracy.
  ///
  /// Several seeds are shown as mean ± standard deviation, a single seed with its 95 % interval and a warning: that
  /// interval leaves out the spread of seeds, often the larger part. `classes`, the number of classes, gives the
  /// accuracy of chance.
  public func table(classes: Int? = nil) -> String {
    let chance = classes.map { ", chance \(oneDecimal(100 / Double(max($0, 1))))" } ?? ""
    let tables = predictions.map(\.table).unique().map { key in
      let labels = LineLabels(of: predictions.filter { $0.table == key })
      let heading = ([key.dataset, key.recipe, key.overrides] + labels.shared).filter { !$0.isEmpty }
        .joined(separator: ", ")
      let heads = otherHeads(of: key, labels).map { wrapped("top-1 of the other heads in %\(chance)") + $0.text }
      return wrapped("\(heading): accuracy in %\(chance)") + accuracies(of: key, labels).text
        + (heads.map { "\n" + $0 } ?? "")
    }
    return (tables + (notes.isEmpty ? [] : [notes])).joined(separator: "\n")
  }

  private var notes: String {
    var notes: [String] = []
    if rows.contains(where: { $0.standardDeviation != nil }) { notes.append("±: standard deviation over seeds.") }
    if rows.contains(where: { $0.low95 != nil }) {
      notes.append("[low, high]: 95 % by the number of test images alone; several seeds show how far they differ.")
    }
    return notes.map { wrapped($0) }.joined()
  }

  /// The predicting head: its accuracy by every measure.
  private func accuracies(of key: TableKey, _ labels: LineLabels) -> TextTable {
    let predictions = self.predictions.filter { $0.table == key }
    let measures = [
      (Metric.top5, "top-5"), (Metric.meanClassAccuracy, "class mean"), (Metric.bestTop1, "best top-1"),
    ].map { metric, name in
      (name: name, rows: rows.filter { $0.table == key && $0.metric == metric })
    }.filter { !$0.rows.isEmpty }
    var table = TextTable(header: labels.header + ["top-1"] + measures.map(\.name) + ["seeds"])
    for row in predictions {
      let others = measures.map { measure in
        measure.rows.first { $0.cell == row.cell && $0.head == row.head }?.accuracy ?? ""
      }
      table.rows.append(labels.cells(of: row) + [row.accuracy] + others + [row.seedCount])
    }
    return table
  }

  /// The top-1 accuracies of the other heads; nil if there are none.
  private func otherHeads(of key: TableKey, _ labels: LineLabels) -> TextTable? {
    let predictions = self.predictions.filter { $0.table == key }
    let others = rows.filter { $0.table == key && $0.metric == Metric.top1 && !predictions.contains($0) }
    guard !others.isEmpty else { return nil }
    let lines = predictions.filter { line in others.contains { $0.cell == line.cell } }
    let heads = others.map(\.head.field).unique()
    var table = TextTable(header: labels.header + heads)
    for row in lines {
      let cells = heads.map { head in others.first { $0.cell == row.cell && $0.head.field == head }?.accuracy ?? "" }
      table.rows.append(labels.cells(of: row) + cells)
    }
    return table
  }
}

/// The start of a table's lines: the variant and the parameters in which lines differ.
private struct LineLabels {
  /// The parameters that are the same in all lines that have them, as text: "radius 0.09".
  let shared: [String]
  private let parameters: [(name: String, value: (Cell) -> String)]

  init(of rows: [SummaryRow]) {
    let all = Cell.parameters
    func values(_ value: (Cell) -> String) -> [String] { rows.map { value($0.cell) }.filter { !$0.isEmpty }.unique() }
    parameters = all.filter { values($0.value).count > 1 }
    // A network that lacks a radius has no such branch; one that samples without a p has a scheduled p.
    let isScheduled = rows.contains { $0.p.field.isEmpty && ($0.radius != nil || $0.radiusInverse != nil) }
    shared = all.filter { values($0.value).count == 1 && !(isScheduled && $0.name == "p") }
      .map { "\($0.name) \(values($0.value)[0])" }
  }

  var header: [String] { ["variant"] + parameters.map(\.name) }
  func cells(of row: SummaryRow) -> [String] { [row.variant] + parameters.map { $0.value(row.cell) } }
}

extension SummaryRow {
  /// The mean in percent, with ± its deviation or its 95 % interval; "diverged" if no seed finished.
  public var accuracy: String {
    guard mean != nil else { return diverged > 0 ? "diverged" : "" }
    guard standardDeviation == nil, let low95, let high95 else { return meanText }
    return "\(meanText) \(intervalText(low95, high95))"
  }

  /// The mean in percent, with ± its deviation over several seeds; empty if no seed finished.
  public var meanText: String {
    guard let mean else { return "" }
    return oneDecimal(mean) + (standardDeviation.map { " ± \(oneDecimal($0))" } ?? "")
  }

  /// The number of seeds that finished and that diverged; one number if all did the same.
  public var seedCount: String { diverged > 0 && seeds > 0 ? "\(seeds), \(diverged) diverged" : "\(seeds + diverged)" }
}
