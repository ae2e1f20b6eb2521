import Datasets
import Experiments
import Models
import Operators
import Records
import Statistics
import Tensors

/// Birdlets repainted with one or two marks flipped: whether a model's answers follow, and whether it looked there.
public struct Counterfactuals {
  /// One head's answers for one picture, as it is and repainted.
  struct Answer {
    let label: String
    let before: String
    let after: String
    /// Whether the attention was at the flipped parts; nil if one of them is not visible.
    let isAttended: Bool?
  }

  public private(set) var rows: [CounterfactualRow] = []

  /// Each mark alone, and each pair of them: the pairs lead from class to class.
  static let flips: [[Int]] = {
    let parts = Birdlets.markedParts.indices
    return parts.map { [$0] } + parts.flatMap { first in parts.filter { $0 > first }.map { [first, $0] } }
  }()

  /// Runs the model on the test images of `birdlets`, unchanged and with each flip.
  ///
  /// Throws `notBirdlets` for a model of another dataset, and what `eachTestPass` throws. A plain ResNet has no
  /// attention: its rows only say which answers turn.
  public init(
    of model: TrainedModel, birdlets: Birdlets = Birdlets(), shouldStop: @escaping () -> Bool = { false },
    report: (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) throws {
    guard let trained = model.dataset, trained.name == birdlets.kind.rawValue else {
      throw ExplanationError.notBirdlets(path: model.path)
    }
    let classes = try trained.classes.map(ClassSelection.init)
    let whole = try birdlets.dataset(classes: classes).annotated()
    let before = try Self.predictions(model, whole, shouldStop)
    let attended = try Self.attendedParts(model, whole, shouldStop)
    report(1, Self.flips.count + 1)
    for (index, parts) in Self.flips.enumerated() {
      let after = try Self.predictions(model, birdlets.flipped(parts, classes: classes), shouldStop)
      for (head, old) in before {
        let new = after.first { $0.head == head }?.predictions ?? []
        let answers = zip(old, new).enumerated().compactMap { image, pair -> Answer? in
          let label = whole.classNames[pair.0.sample.label]
          // The model may not know any class that the flip leads to.
          guard whole.classNames.contains(where: { Self.follows($0, parts, from: label, birdlets) }) else { return nil }
          return Answer(
            label: label, before: whole.classNames[pair.0.predicted], after: whole.classNames[pair.1.predicted],
            isAttended: Self.all(parts.map { attended[image][$0] }))
        }
        var name = CounterfactualRow(
          run: model.fileStem, dataset: whole.name, variant: model.cell.variant.name, seed: model.cell.seed)
        name.head = head.rawValue
        rows.append(Self.row(parts, answers, birdlets, named: name))
      }
      report(index + 2, Self.flips.count + 1)
    }
  }

  /// Each head's predictions, in the order of the images.
  private static func predictions(
    _ model: TrainedModel, _ dataset: Dataset, _ shouldStop: @escaping () -> Bool
  ) throws -> [(head: Models.Head, predictions: [Evaluation.Prediction])] {
    let evaluation = try model.evaluate(on: dataset, shouldStop: shouldStop)
    return evaluation.scores.map { score in (score.head, evaluation.predictions.filter { $0.head == score.head }) }
  }

  /// By image and part, whether D's attention there is at least half of its maximum; nil for a part that is not
  /// visible. False throughout for a model without attention.
  private static func attendedParts(
    _ model: TrainedModel, _ dataset: Dataset, _ shouldStop: @escaping () -> Bool
  ) throws -> [[Bool?]] {
    var attended: [[Bool?]] = []
    let network = try? model.lookingNetwork()
    try model.eachTestPass(over: dataset, shouldStop: shouldStop) { pass in
      let sampling = network.map { $0.sampling($0.backbone.evaluate(pass.batch.images), pass.context) }
      let maps = sampling?.branches.first { $0.branch == .discriminative }?.attention
      for (index, annotation) in pass.batch.annotations.enumerated() {
        let map = maps?.rows(index..<index + 1)
        attended.append(
          (annotation?.parts ?? []).map { part in
            part.map { part in
              map.map { isAttended(part, $0, CellGrid(side: $0.shape[1], pixels: model.recipe.size)) } ?? false
            }
          })
      }
    }
    return attended
  }

  static func isAttended(_ part: Annotation.Point, _ map: Tensor, _ grid: CellGrid) -> Bool {
    let cell = grid.cell(at: part)
    return map[cell.row * grid.side + cell.column] >= (map.elements.max() ?? 0) / 2
  }

  /// Whether all are true; nil if one is unknown.
  private static func all(_ parts: [Bool?]) -> Bool? { parts.contains(nil) ? nil : parts.allSatisfy { $0 == true } }

  /// Whether a flip turns a bird of `label` into class `name`: the class with the current marks, or, for a single mark,
  /// any class with the current state of that mark.
  private static func follows(_ name: String, _ parts: [Int], from label: String, _ birdlets: Birdlets) -> Bool {
    guard parts.count == 1 else { return name == birdlets.className(flipping: parts, of: label) }
    return birdlets.bears(part: parts[0], className: name) != birdlets.bears(part: parts[0], className: label)
  }

  /// The row of one head for one flip.
  static func row(
    _ parts: [Int], _ answers: [Answer], _ birdlets: Birdlets, named name: CounterfactualRow
  ) -> CounterfactualRow {
    func hasTurned(_ answer: Answer) -> Bool { follows(answer.after, parts, from: answer.label, birdlets) }
    func share(_ answers: [Answer]) -> Double? {
      answers.isEmpty ? nil : 100 * Double(answers.count(where: hasTurned)) / Double(answers.count)
    }
    let right = answers.filter { $0.before == $0.label && $0.isAttended != nil }
    let attended = right.filter { $0.isAttended == true }
    var row = name
    row.flipped = parts.map { Birdlets.markedParts[$0] }.joined(separator: " + ")
    (row.images, row.turned) = (right.count, share(right))
    if let turned = row.turned, let interval = wilsonInterval(proportion: turned / 100, n: right.count) {
      (row.low95, row.high95) = (100 * interval.lowerBound, 100 * interval.upperBound)
    }
    row.attendedImages = attended.count
    (row.turnedAttended, row.turnedUnattended) = (share(attended), share(right.filter { $0.isAttended == false }))
    return row
  }

  /// A table for the terminal: the predicting head.
  public static func text(_ rows: [CounterfactualRow]) -> String {
    var table = TextTable(header: [
      "flipped", "images", "turned %", "95 % interval", "attended", "turned %", "others %",
    ])
    for row in rows where row.head == rows[0].head {
      let interval = row.low95.flatMap { low in row.high95.map { intervalText(low, $0) } } ?? ""
      table.rows.append([
        row.flipped, "\(row.images)", row.turned.map(oneDecimal) ?? "", interval, "\(row.attendedImages)",
        row.turnedAttended.map(oneDecimal) ?? "", row.turnedUnattended.map(oneDecimal) ?? "",
      ])
    }
    return table.text
  }
}
