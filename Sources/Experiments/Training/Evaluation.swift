import Datasets
import Models
import Operators
import Tensors
import Timing

/// A model's results on the images of a split: exact counts over all of them.
public struct Evaluation: Sendable, Codable {
  /// One head's score.
  public struct Score: Sendable, Codable {
    public let head: Models.Head
    public fileprivate(set) var correct = 0
    /// Images where this head agrees with the head whose prediction counts.
    public fileprivate(set) var agreeing = 0
    fileprivate var lossSum = 0.0
    public fileprivate(set) var images = 0

    /// The share of correctly classified images, in percent.
    public var top1: Double { 100 * Double(correct) / Double(max(images, 1)) }
    public var agreement: Double { 100 * Double(agreeing) / Double(max(images, 1)) }
    /// The mean cross entropy, without label smoothing.
    public var loss: Double { lossSum / Double(max(images, 1)) }
  }

  /// One head's prediction for one image.
  public struct Prediction: Sendable, Codable {
    public let sample: Sample
    public let head: Models.Head
    /// The class of the largest logit, the first on a tie.
    public let predicted: Int
    /// The softmax probability of that class.
    public let probability: Float
    /// The softmax probability of the image's own class.
    public let labelProbability: Float
    /// The rank of the image's own class: 1 plus the number of strictly larger logits.
    public let labelRank: Int
  }

  /// By head, starting with the one whose prediction counts.
  public private(set) var scores: [Score]
  /// By image, then by head.
  public private(set) var predictions: [Prediction] = []
  public var images: Int { scores.first?.images ?? 0 }

  /// An empty evaluation for these heads.
  public init(heads: [Models.Head]) { scores = heads.map { Score(head: $0) } }

  /// Adds the logits (N, K) of each head for `samples`; false, and nothing is added, if some are infinite or NaN.
  public mutating func add(_ logits: [Models.Head: Tensor], _ samples: [Sample]) -> Bool {
    guard logits.values.allSatisfy({ $0.withUnsafeBufferPointer { $0.allSatisfy(\.isFinite) } }) else { return false }
    let labels = samples.map(\.label)
    var predicted: [Int] = []
    var byImage = samples.map { _ in [Prediction]() }
    for index in scores.indices {
      guard let headLogits = logits[scores[index].head] else { continue }
      let entropy = CrossEntropy.forward(headLogits, labels: labels)
      let guesses = largestInRows(headLogits)
      if index == 0 { predicted = guesses }
      let classes = headLogits.shape[1]
      for (row, sample) in samples.enumerated() {
        let first = row * classes
        let labelLogit = headLogits[first + sample.label]
        byImage[row].append(
          Prediction(
            sample: sample, head: scores[index].head, predicted: guesses[row],
            probability: entropy.probabilities[first + guesses[row]],
            labelProbability: entropy.probabilities[first + sample.label],
            labelRank: 1 + (0..<classes).count { headLogits[first + $0] > labelLogit }))
      }
      scores[index].images += samples.count
      scores[index].lossSum += Double(entropy.loss) * Double(samples.count)
      scores[index].correct += zip(guesses, labels).count { $0 == $1 }
      scores[index].agreeing += zip(guesses, predicted).count { $0 == $1 }
    }
    predictions += byImage.joined()
    return true
  }
}

/// The column of the largest value in each row of (N, K), the first on a tie.
func largestInRows(_ values: Tensor) -> [Int] {
  let columns = values.shape[1]
  return (0..<values.shape[0]).map { row in
    (1..<columns).reduce(0) { values[row * columns + $1] > values[row * columns + $0] ? $1 : $0 }
  }
}
