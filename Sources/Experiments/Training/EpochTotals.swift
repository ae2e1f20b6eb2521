import Models

/// The totals of one epoch's training passes.
struct EpochTotals: Codable, Sendable {
  private(set) var images = 0
  private var lossSums: [Models.Head: Double] = [:]
  private var correct: [Models.Head: Int] = [:]
  /// The peak bytes of all tensors.
  var peakTensorBytes = 0
  /// The number of allocations from the system in each step.
  var allocations: [Int] = []

  /// The median over the steps, the lower one of two.
  var allocationsPerStep: Int { allocations.isEmpty ? 0 : allocations.sorted()[(allocations.count - 1) / 2] }

  mutating func add(_ group: GroupTotals) {
    images += group.images
    for (head, loss) in group.losses { lossSums[head, default: 0] += Double(loss) * Double(group.images) }
    for (head, count) in group.correct { correct[head, default: 0] += count }
  }

  /// The mean of a head's loss as training minimises it.
  func loss(_ head: Models.Head) -> Double { (lossSums[head] ?? 0) / Double(max(images, 1)) }

  /// The mean of the sum over heads.
  var loss: Double { Models.Head.allCases.reduce(0) { $0 + loss($1) } }

  /// The accuracy on the images as seen in training, in percent.
  func top1(_ head: Models.Head) -> Double { 100 * Double(correct[head] ?? 0) / Double(max(images, 1)) }
}

/// The results of the training pass over one normalisation group.
struct GroupTotals {
  let images: Int
  let losses: [Models.Head: Float]
  let correct: [Models.Head: Int]

  init(_ pass: TrainingPass, labels: [Int]) {
    images = labels.count
    losses = pass.losses
    correct = pass.logits.mapValues { logits in zip(largestInRows(logits), labels).count { $0 == $1 } }
  }

  /// All values as numbers, each exact, for another rank.
  func numbers(_ heads: [Models.Head]) -> [Double] {
    [Double(images)] + heads.flatMap { [Double(losses[$0] ?? 0), Double(correct[$0] ?? 0)] }
  }

  /// Decodes the totals of another rank.
  init(_ numbers: [Double], _ heads: [Models.Head]) {
    images = Int(numbers[0])
    let byHead = heads.enumerated().map { ($1, numbers[1 + 2 * $0], numbers[2 + 2 * $0]) }
    losses = Dictionary(uniqueKeysWithValues: byHead.map { ($0.0, Float($0.1)) })
    correct = Dictionary(uniqueKeysWithValues: byHead.map { ($0.0, Int($0.2)) })
  }
}
