import Experiments
import Models
import Records
import Statistics

/// What each intervention changes about the accuracy of each head, paired by image: the rows of interventions.csv.
public struct InterventionTable {
  public let rows: [InterventionRow]

  public init(_ run: InterventionRun, of model: TrainedModel, dataset: String) {
    let name = InterventionRow(
      run: model.fileStem, dataset: dataset, variant: model.cell.variant.name, seed: model.cell.seed)
    let heads = run.evaluations[0].evaluation.scores.map(\.head)
    rows = heads.flatMap { head in
      Self.rows(
        run.evaluations.map { ($0.intervention.name, $0.evaluation.isRight(head)) }, head: head.rawValue, named: name)
    }
  }

  /// The rows of one head, for whether it names each image right; the untouched model first.
  static func rows(
    _ answers: [(name: String, isRight: [Bool])], head: String, named name: InterventionRow
  ) -> [InterventionRow] {
    let before = answers[0].isRight
    var rows = answers.enumerated().map { index, answer in
      var row = name
      (row.intervention, row.head, row.images) = (answer.name, head, before.count)
      row.top1 = 100 * Double(answer.isRight.count { $0 }) / Double(max(before.count, 1))
      guard index > 0 else { return row }
      let changes = zip(before, answer.isRight).map { ($1 ? 1 : 0) - ($0 ? 1 : 0) }
      (row.onlyBeforeRight, row.onlyAfterRight) = (changes.count { $0 < 0 }, changes.count { $0 > 0 })
      row.change = 100 * Double(changes.reduce(0, +)) / Double(max(changes.count, 1))
      if let interval = bcaInterval(ofMean: changes, seed: 2019) {
        (row.low95, row.high95) = (100 * interval.lowerBound, 100 * interval.upperBound)
      }
      row.pValue = McNemarTest(onlyFirst: row.onlyAfterRight, onlySecond: row.onlyBeforeRight).pValue()
      return row
    }
    let adjusted = Holm.adjusted(rows.compactMap(\.pValue))
    for (index, pValue) in adjusted.enumerated() { rows[index + 1].adjustedPValue = pValue }
    return rows
  }

  /// For the terminal: the top-1 of each head under each intervention, with its change.
  public static func text(_ rows: [InterventionRow]) -> String {
    let heads = rows.map(\.head).unique()
    var table = TextTable(header: ["intervention"] + heads)
    for intervention in rows.map(\.intervention).unique() {
      table.rows.append(
        [intervention]
          + heads.map { head in
            guard let row = rows.first(where: { $0.intervention == intervention && $0.head == head }) else { return "" }
            guard let change = row.change, let low = row.low95, let high = row.high95 else {
              return oneDecimal(row.top1) + " %"
            }
            return "\(change > 0 ? "+" : "")\(oneDecimal(change)) \(intervalText(low, high))"
          })
    }
    return table.text
  }
}

extension Evaluation {
  /// Whether a head names each image right, in the order of the images.
  func isRight(_ head: Models.Head) -> [Bool] {
    predictions.filter { $0.head == head }.map { $0.predicted == $0.sample.label }
  }
}
