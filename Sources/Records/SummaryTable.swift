import Foundation

extension Summary {
  /// The table of accuracies for the terminal: a line for each variant, its prediction first, then the other heads.
  ///
  /// Several seeds show as mean ± standard deviation, a single one with its 95 % interval, and with a warning: what the
  /// interval leaves out, the spread of seeds, is often the larger part.
  public var table: String {
    let tables = predictions.map(\.table).unique().map { key in
      let heading = [key.dataset, key.recipe, key.overrides].filter { !$0.isEmpty }.joined(separator: ", ")
      return "\(heading): accuracy in %\n" + accuracies(of: key).text
    }
    let note = "[low, high]: 95 % by the number of test images alone; --seeds 3 shows how far seeds differ\n"
    return (tables + (rows.contains { $0.low95 != nil } ? [note] : [])).joined(separator: "\n")
  }

  private func accuracies(of key: TableKey) -> TextTable {
    let rows = self.rows.filter { $0.table == key }
    let predictions = self.predictions.filter { $0.table == key }
    let others = rows.filter { $0.metric == Metric.top1 && !predictions.contains($0) }
    let best = rows.filter { $0.metric == Metric.bestTop1 }

    let parameters: [(name: String, value: (SummaryRow) -> String)] = [
      ("p", { $0.p.field }), ("radius", { $0.radius.field }), ("radius_inv", { $0.radiusInverse.field }),
    ].filter { parameter in predictions.contains { !parameter.value($0).isEmpty } }
    let heads = others.map(\.head.field).unique()

    var table = TextTable(
      header: ["variant"] + parameters.map(\.name) + ["top-1"] + (best.isEmpty ? [] : ["best epoch"]) + heads
        + ["seeds"])
    for row in predictions {
      var cells = [row.variant] + parameters.map { $0.value(row) } + [row.accuracy]
      if !best.isEmpty { cells.append(best.first { $0.cell == row.cell && $0.head == row.head }?.accuracy ?? "") }
      cells += heads.map { head in others.first { $0.cell == row.cell && $0.head.field == head }?.accuracy ?? "" }
      table.rows.append(cells + [row.seedCount])
    }
    return table
  }
}

extension SummaryRow {
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
