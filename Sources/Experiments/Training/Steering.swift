import Datasets
import Layers
import Models
import Operators
import Tensors
import Timing

/// Where a run's sampled passes look during one epoch, with the random draws that belong to it.
struct Steering {
  let rule: SamplingRule
  private let purpose: String
  private let seed: UInt64
  private let epoch: Int

  static func training(_ cell: Cell, _ recipe: Recipe, epoch: Int) -> Steering {
    let scheduled = recipe.schedule(for: cell.variant).trainingPolicy(epoch: epoch)
    return Steering(cell, scheduled, purpose: "peaks", epoch: epoch)
  }

  static func testing(_ cell: Cell, _ recipe: Recipe, epoch: Int) -> Steering {
    let scheduled = recipe.schedule(for: cell.variant).testPolicy(epoch: epoch)
    return Steering(cell, scheduled, purpose: "peaks test", epoch: epoch)
  }

  private init(_ cell: Cell, _ scheduled: PeakPolicy, purpose: String, epoch: Int) {
    // Random peaks lie elsewhere in every epoch.
    var generator = SeededGenerator(seed: cell.seed, purpose: "random " + purpose, epoch)
    rule = cell.variant.sampling(cell.variant.policy ?? scheduled, generator.next())
    self.purpose = purpose
    seed = cell.seed
    self.epoch = epoch
  }

  /// The context of a pass over `samples`, whose draws hang on the image and not on its place in the batch.
  func context(
    _ samples: [Sample], running: RunningStatistics = .keep, gradientScale: Float = 1, clock: StageClock?
  ) -> PassContext {
    PassContext(
      sampling: rule,
      draws: { [seed, purpose, epoch] image, count in
        var generator = SeededGenerator(seed: seed, purpose: purpose, epoch, samples[image].number)
        return (0..<count).map { _ in generator.uniform() }
      },
      imageKey: { samples[$0].number }, running: running, gradientScale: gradientScale, clock: clock)
  }
}
