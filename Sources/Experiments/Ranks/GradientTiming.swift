import Datasets
import Models
import Timing

/// Gradients that become final together in a training pass.
public struct GradientPart: Equatable, Sendable {
  public var bytes: Int
  /// When they become final, as a fraction of the pass.
  public var finalAt: Double

  public init(bytes: Int, finalAt: Double) { (self.bytes, self.finalAt) = (bytes, finalAt) }

  /// The buckets that ranks exchange at once: consecutive parts, each bucket as many as it takes to reach `bytes`.
  public static func buckets(of sizes: [Int], bytes: Int = standardBucket) -> [Range<Int>] {
    var buckets: [Range<Int>] = []
    var room = 0
    for (index, size) in sizes.enumerated() {
      if room <= 0 {
        buckets.append(index..<index)
        room = bytes
      }
      buckets[buckets.count - 1] = buckets[buckets.count - 1].lowerBound..<index + 1
      room -= size
    }
    return buckets
  }

  /// Large enough for a link's full speed, small enough that most are sent before backward ends: PyTorch's choice.
  public static let standardBucket = 25 << 20
}

extension Ablation {
  /// The gradients of a cell's model in the order in which they become final in a training pass over one image, timed
  /// once after a warm-up. Throws `interrupted`, and what loading an image throws.
  public func gradientParts(of cell: Cell) throws -> [GradientPart] {
    let model = cell.makeModel(plan.recipe, classes: dataset.classNames.count)
    let loader = Loader(
      dataset, split: .train, transform: plan.recipe.trainTransform, batch: 1, seed: cell.seed, epoch: 0,
      shouldStop: shouldStop)
    guard let batch = try loader.next() else { throw ExperimentError.interrupted }
    loader.cancel()
    var context = EpochSampling.training(cell, plan.recipe, epoch: 0).context(batch, 0..<1, clock: nil)
    var times: [(bytes: Int, nanoseconds: Int)] = []
    context.gradientsAreFinal = { parameters in
      times.append((4 * parameters.reduce(0) { $0 + $1.value.count }, monotonicNanoseconds()))
    }
    var start = 0
    for _ in 0..<2 {
      (times, start) = ([], monotonicNanoseconds())
      _ = model.trainingPass(batch.images, labels: batch.labels, context)
    }
    let length = Double(max(monotonicNanoseconds() - start, 1))
    return times.map { GradientPart(bytes: $0.bytes, finalAt: Double($0.nanoseconds - start) / length) }
  }
}
