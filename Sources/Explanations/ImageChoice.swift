import Datasets
import Experiments
import Tensors

/// The rule by which test images are chosen for display.
public enum ImageChoice: String, CaseIterable, Sendable {
  case random
  /// Those that the model gets wrong, the lowest probability of the true class first.
  case worst
  /// Those that the baseline of the same seed gets wrong and the model right, the most confident first.
  case rescued
  /// Those that the baseline gets right and the model wrong, the lowest probability of the true class first.
  case spoilt
  /// Those that the model gets wrong, from its most frequent pairs of confused classes.
  case confused

  public var needsBaseline: Bool { self == .rescued || self == .spoilt }

  /// The images that the rule chooses, in its order, from the answers of the model and the baseline.
  public func images(_ model: Evaluation, baseline: Evaluation? = nil) -> [Sample] {
    let own = model.firstHead
    let others = baseline.map { Dictionary(uniqueKeysWithValues: $0.firstHead.map { ($0.sample.number, $0) }) } ?? [:]
    func wasRight(_ answer: Evaluation.Prediction) -> Bool { others[answer.sample.number]?.isRight ?? false }
    func rising(_ answers: [Evaluation.Prediction]) -> [Sample] {
      answers.sorted { ($0.labelProbability, $0.sample.number) < ($1.labelProbability, $1.sample.number) }.map(\.sample)
    }
    let wrong = own.filter { !$0.isRight }
    switch self {
    case .random: return Self.random(own.map(\.sample))
    case .worst: return rising(wrong)
    case .rescued: return rising(own.filter { $0.isRight && !wasRight($0) }).reversed()
    case .spoilt: return rising(wrong.filter(wasRight))
    case .confused:
      let pairs = Dictionary(grouping: wrong, by: \.pair)
      let ranked = pairs.values.sorted { (-$0.count, $0[0].sample.number) < (-$1.count, $1[0].sample.number) }
      return ranked.flatMap(rising)
    }
  }

  /// The images in a fixed random order.
  public static func random(_ images: [Sample]) -> [Sample] {
    var generator = SeededGenerator(seed: 0, purpose: "images to explain")
    return images.shuffled(using: &generator)
  }

  /// The rule in words for the sheet, with the number of images shown and found.
  public func words(shown: Int, of found: Int, model: String, baseline: String?) -> String {
    let which =
      switch self {
      case .random: "test images, drawn at random"
      case .worst: "test images that \(model) names wrong, the class least probable first"
      case .rescued: "test images that \(baseline ?? "the baseline") names wrong and \(model) right, the surest first"
      case .spoilt:
        "test images that \(baseline ?? "the baseline") names right and \(model) wrong, the class least probable first"
      case .confused: "test images that \(model) names wrong, the most frequent pairs of classes first"
      }
    return "\(shown) of \(found) \(which)."
  }
}

extension Evaluation {
  /// The prediction for each image of the head that counts.
  fileprivate var firstHead: [Prediction] { predictions.filter { $0.head == scores[0].head } }
}

extension Evaluation.Prediction {
  fileprivate var isRight: Bool { predicted == sample.label }
  fileprivate var pair: SIMD2<Int> { SIMD2(sample.label, predicted) }
}
