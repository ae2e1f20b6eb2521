import Datasets
import Models
import Tensors
import Timing

extension Ablation {
  /// Durations of single steps in seconds.
  public struct StepSeconds: Sendable, Equatable {
    public internal(set) var training: [Double] = []
    public internal(set) var test: [Double] = []
  }

  /// Times real steps of a cell, including loading, on `images` images each, drawn from all over the dataset.
  ///
  /// One extra step of each kind warms up and is not counted. Throws `interrupted`, and what loading an image throws.
  public func stepSeconds(of cell: Cell, images: Int, steps: Int) throws -> StepSeconds {
    var recipe = plan.recipe
    recipe.batch = images
    let model = cell.makeModel(recipe, classes: dataset.classNames.count)
    if let weights { _ = try weights.load(into: model) }
    let watch = StepWatch()
    let trainer = Trainer(
      cell, recipe, model, on: dataset.excerpt(images * (steps + 1)), shouldStop: shouldStop, report: watch.note)
    watch.begin()
    _ = try trainer.train()
    watch.begin()
    _ = try trainer.evaluate(epoch: 0)
    StoragePool.shared.drain()
    return watch.seconds
  }
}

/// Measures the time between steps.
private final class StepWatch {
  private var warm = Ablation.StepSeconds()
  private var cold = Ablation.StepSeconds()
  private var last = 0
  private var isWarm = false

  func begin() { (last, isWarm) = (monotonicNanoseconds(), false) }

  func note(_ event: TrainingEvent) {
    guard case .worked(let step) = event else { return }
    let now = monotonicNanoseconds()
    let duration = 1e-9 * Double(now - last)
    let kind = step.isTraining ? \Ablation.StepSeconds.training : \.test
    if isWarm { warm[keyPath: kind].append(duration) } else { cold[keyPath: kind].append(duration) }
    (last, isWarm) = (now, true)
  }

  /// The steps after the first of each kind, or the first if it is the only one, as when training diverges at once.
  var seconds: Ablation.StepSeconds {
    Ablation.StepSeconds(
      training: warm.training.isEmpty ? cold.training : warm.training,
      test: warm.test.isEmpty ? cold.test : warm.test)
  }
}
