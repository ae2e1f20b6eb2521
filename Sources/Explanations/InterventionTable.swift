import Experiments
import Models
import Records
import Statistics

/// The change of each head's accuracy by each intervention, paired by image: the rows of interventions.csv.
public struct InterventionTable: SeedTable {
  public let rows: [InterventionRow]
  let model: TableModel
  private let heads: [HeadAnswers]

  /// Whether a head classifies each image correctly under each intervention, the unchanged model first.
  typealias HeadAnswers = (head: String, answers: [(intervention: String, isRight: [Bool])])

  public init(_ run: InterventionRun, of model: TrainedModel, dataset: String) {
    let untouched = run.evaluations[0].evaluation
    let heads = untouched.scores.map { score in
      (
        head: score.head.rawValue,
        answers: run.evaluations.map { ($0.intervention.name, $0.evaluation.isRight(score.head)) }
      )
    }
    let images = untouched.predictions.filter { $0.head == untouched.scores[0].head }.map(\.sample.id)
    self.init(heads, of: TableModel(model, dataset: dataset, images: images), run: model.fileStem)
  }

  init(_ heads: [HeadAnswers], of model: TableModel, run: String) {
    (self.heads, self.model) = (heads, model)
    let name = InterventionRow(run: run, dataset: model.dataset, variant: model.variant, seed: model.seed)
    rows = heads.flatMap { Self.rows([$0], named: name) }
  }

  /// The rows over all seeds of one model; none unless there are several seeds, tested on the same images.
  public static func rows(overSeeds tables: [InterventionTable]) -> [InterventionRow] {
    let tables = tables.ofSeveralSeeds
    guard let model = tables.first?.model else { return [] }
    let name = InterventionRow(run: model.family, dataset: model.dataset, variant: model.variant, seed: nil)
    return tables[0].heads.indices.flatMap { head in rows(tables.map { $0.heads[head] }, named: name) }
  }

  /// The rows of one head, from its answers with one or several seeds.
  private static func rows(_ seeds: [HeadAnswers], named name: InterventionRow) -> [InterventionRow] {
    var rows = seeds[0].answers.indices.map { index in
      row(
        before: seeds.map { $0.answers[0].isRight }, after: seeds.map { $0.answers[index].isRight },
        isChange: index > 0, named: name)
    }
    let adjusted = Holm.adjusted(rows.compactMap(\.pValue))
    for index in rows.indices {
      (rows[index].head, rows[index].intervention) = (seeds[0].head, seeds[0].answers[index].intervention)
      if index > 0 { rows[index].adjustedPValue = adjusted[index - 1] }
    }
    return rows
  }

  private static func row(
    before: [[Bool]], after: [[Bool]], isChange: Bool, named name: InterventionRow
  ) -> InterventionRow {
    var row = name
    row.images = before[0].count
    let scale = 100 / Double(max(before.count * row.images, 1))
    row.top1 = scale * Double(after.reduce(0) { $0 + $1.count { $0 } })
    guard isChange else { return row }
    let changes = zip(before, after).map { before, after in zip(before, after).map { ($1 ? 1 : 0) - ($0 ? 1 : 0) } }
    let all = changes.flatMap { $0 }
    (row.onlyBeforeRight, row.onlyAfterRight) = (all.count { $0 < 0 }, all.count { $0 > 0 })
    row.change = scale * Double(all.reduce(0, +))
    let interval =
      changes.count > 1 ? hierarchicalInterval(ofMean: changes, seed: 2019) : bcaInterval(ofMean: all, seed: 2019)
    if let interval { (row.low95, row.high95) = (100 * interval.lowerBound, 100 * interval.upperBound) }
    row.pValue =
      changes.count > 1
      ? SignFlipTest(changes.map { $0.reduce(0, +) }).pValue()
      : McNemarTest(onlyFirst: row.onlyAfterRight, onlySecond: row.onlyBeforeRight).pValue()
    return row
  }

  /// A table for the terminal: the top-1 of each head under each intervention, with its change.
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
            return "\(signed(change)) \(intervalText(low, high))"
          })
    }
    return table.text
  }
}

extension Evaluation {
  /// Whether a head classifies each image correctly, in the order of the images.
  func isRight(_ head: Models.Head) -> [Bool] {
    predictions.filter { $0.head == head }.map { $0.predicted == $0.sample.label }
  }
}
