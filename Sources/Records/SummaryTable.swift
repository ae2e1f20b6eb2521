import Foundation

extension Summary {
  /// The table of accuracies for the terminal: a line for each variant, its prediction first, then the other heads.
  ///
  /// Several seeds show as mean ± standard deviation, a single one with its 95 % interval.
  public var table: String {
    var text = ""
    for key in tables {
      let rows = self.rows.filter { $0.key == key && $0.metric == Metric.top1 }
      guard !rows.isEmpty else { continue }
      text += text.isEmpty ? "" : "\n"
      text += [key.dataset, key.recipe, key.overrides].filter { !$0.isEmpty }.joined(separator: " · ")
      text += ", accuracy in %\n" + Self.accuracies(rows).text
    }
    return text
  }

  private var tables: [TableKey] {
    rows.map(\.key).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func accuracies(_ rows: [SummaryRow]) -> TextTable {
    let cells = rows.map(\.cell).reduce(into: [SummaryRow.Cell]()) { if !$0.contains($1) { $0.append($1) } }
    let parameters: [(name: String, value: (SummaryRow.Cell) -> String)] = [
      ("p", { $0.p.field }), ("radius", { $0.radius.field }), ("radius_inv", { $0.radiusInverse.field }),
    ].filter { parameter in cells.contains { !parameter.value($0).isEmpty } }

    let predictions = cells.map { cell in prediction(of: rows.filter { $0.cell == cell }) }
    let otherHeads = rows.filter { !predictions.contains($0) }.compactMap(\.head)
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }

    var table = TextTable(header: ["variant"] + parameters.map(\.name) + ["top-1"] + otherHeads + ["seeds"])
    for (cell, prediction) in zip(cells, predictions) {
      let others = otherHeads.map { head in
        rows.first { $0.cell == cell && $0.head == head && $0 != prediction }?.accuracy ?? ""
      }
      table.rows.append(
        [cell.variant] + parameters.map { $0.value(cell) } + [prediction?.accuracy ?? ""] + others
          + [prediction?.seedCount ?? ""])
    }
    return table
  }

  /// The accuracy of each variant's prediction, in first-seen order.
  public var predictions: [SummaryRow] {
    let rows = self.rows.filter { $0.metric == Metric.top1 }
    return rows.filter { row in row == Self.prediction(of: rows.filter { $0.key == row.key && $0.cell == row.cell }) }
  }

  /// The row of the head that a variant predicts with: `joint`, or its only one.
  private static func prediction(of rows: [SummaryRow]) -> SummaryRow? { rows.first { $0.head == Head.joint } ?? rows.first }
}

extension SummaryRow {
  /// The table that the row belongs to.
  public var key: TableKey { TableKey(dataset: dataset, recipe: recipe, overrides: overrides) }

  /// What tells a line of the table from the others.
  struct Cell: Equatable {
    let variant: String
    let p: String?
    let radius, radiusInverse: Double?
  }
  var cell: Cell { Cell(variant: variant, p: p, radius: radius, radiusInverse: radiusInverse) }

  /// The rows of `runs` that this row summarises.
  public func runs(among runs: [RunRow]) -> [RunRow] {
    runs.filter {
      TableKey(dataset: $0.dataset, recipe: $0.recipe, overrides: $0.overrides) == key && $0.variant == variant
        && $0.p == p && $0.radius == radius && $0.radiusInverse == radiusInverse && $0.head == head
        && $0.metric == metric && $0.unit == unit
    }
  }

  /// The mean in percent, with ± its deviation or its 95 % interval; "diverged" if no seed finished.
  public var accuracy: String {
    guard let mean else { return diverged > 0 ? "diverged" : "" }
    if let standardDeviation { return "\(oneDecimal(mean)) ± \(oneDecimal(standardDeviation))" }
    if let low95, let high95 { return "\(oneDecimal(mean)) [\(oneDecimal(low95)), \(oneDecimal(high95))]" }
    return oneDecimal(mean)
  }

  var seedCount: String { diverged > 0 && seeds > 0 ? "\(seeds), \(diverged) diverged" : "\(seeds + diverged)" }
}

private func oneDecimal(_ value: Double) -> String { String(format: "%.1f", value) }
