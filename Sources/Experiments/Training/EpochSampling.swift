import Datasets
import Layers
import Models
import Operators
import Tensors
import Timing

/// Where a run's sampled passes look during one epoch, with that epoch's random draws.
struct EpochSampling {
  let rule: SamplingRule
  private let purpose: String
  private let seed: UInt64
  private let epoch: Int
  private let keep: Float

  static func training(_ cell: Cell, _ recipe: Recipe, epoch: Int) -> EpochSampling {
    let scheduled = recipe.schedule(for: cell.variant).trainingPolicy(epoch: epoch)
    return EpochSampling(cell, recipe, scheduled, purpose: "peaks", epoch: epoch)
  }

  static func testing(_ cell: Cell, _ recipe: Recipe, epoch: Int) -> EpochSampling {
    let scheduled = recipe.schedule(for: cell.variant).testPolicy(epoch: epoch)
    return EpochSampling(cell, recipe, scheduled, purpose: "peaks test", epoch: epoch)
  }

  private init(_ cell: Cell, _ recipe: Recipe, _ scheduled: PeakPolicy, purpose: String, epoch: Int) {
    // Random peaks differ from epoch to epoch.
    var generator = SeededGenerator(seed: cell.seed, purpose: "random " + purpose, epoch)
    rule = cell.variant.sampling(cell.variant.policy ?? scheduled, generator.next())
    self.purpose = purpose
    seed = cell.seed
    self.epoch = epoch
    keep = Float(recipe.keep)
  }

  /// The context of a pass over some images of a batch; its draws depend on the image, not on its place in the batch.
  func context(
    _ batch: Batch, _ images: Range<Int>, running: RunningStatistics = .keep, gradientScale: Float = 1,
    clock: StageClock?
  ) -> PassContext {
    let (samples, annotations) = (Array(batch.samples[images]), Array(batch.annotations[images]))
    let last = SIMD2<Double>(Double(batch.images.shape[2] - 1), Double(batch.images.shape[1] - 1))
    return PassContext(
      sampling: rule,
      draws: { [seed, purpose, epoch] image, count in
        var generator = SeededGenerator(seed: seed, purpose: purpose, epoch, samples[image].number)
        return (0..<count).map { _ in generator.uniform() }
      },
      imageKey: { samples[$0].number },
      places: { (annotations[$0]?.places ?? []).map { SIMD2<Float>(($0 - 0.5) / last) } },
      keep: keep, running: running, gradientScale: gradientScale, clock: clock)
  }
}
