import Models

/// What training passes of one epoch add up to.
struct EpochTotals: Codable, Sendable {
  private(set) var images = 0
  private var lossSums: [Models.Head: Double] = [:]
  private var correct: [Models.Head: Int] = [:]
  /// The most that tensors held at once.
  var peakTensorBytes = 0
  /// How often each step asked the system for memory.
  var allocations: [Int] = []

  /// The median over the steps, the lower one of two.
  var allocationsPerStep: Int { allocations.isEmpty ? 0 : allocations.sorted()[(allocations.count - 1) / 2] }

  mutating func add(_ pass: TrainingPass, labels: [Int]) {
    images += labels.count
    for (head, loss) in pass.losses { lossSums[head, default: 0] += Double(loss) * Double(labels.count) }
    for (head, logits) in pass.logits {
      correct[head, default: 0] += zip(largestInRows(logits), labels).count { $0 == $1 }
    }
  }

  /// The mean loss of a head as it is minimised.
  func loss(_ head: Models.Head) -> Double { (lossSums[head] ?? 0) / Double(max(images, 1)) }

  /// The mean of the sum over heads.
  var loss: Double { Models.Head.allCases.reduce(0) { $0 + loss($1) } }

  /// The accuracy on the images as they were trained on, in percent.
  func top1(_ head: Models.Head) -> Double { 100 * Double(correct[head] ?? 0) / Double(max(images, 1)) }
}
