import Datasets
import Layers
import Models
import Tensors
import Timing

/// Trains and tests one model through the epochs of its recipe: the same bits for the same seed, on any number of threads.
public final class Trainer {
  public let cell: Cell
  public let recipe: Recipe
  public let model: any ImageClassifier
  public let optimizer: SGD
  private let dataset: Dataset
  private let shouldStop: () -> Bool
  private let report: (TrainingEvent) -> Void
  private let clock = StageClock()
  private let loading = StageLog()
  private var batchesLoaded = 0

  /// - Parameters:
  ///   - model: the cell's model, whatever it has learned so far.
  ///   - shouldStop: asked before every step; true ends the run with `ExperimentError.interrupted`.
  ///   - report: told what goes on.
  public init(
    _ cell: Cell, _ recipe: Recipe, _ model: any ImageClassifier, on dataset: Dataset,
    shouldStop: @escaping () -> Bool = { false }, report: @escaping (TrainingEvent) -> Void = { _ in }
  ) {
    self.cell = cell
    self.recipe = recipe
    self.model = model
    self.dataset = dataset
    self.shouldStop = shouldStop
    self.report = report
    optimizer = SGD(
      model.parameters, groups: recipe.groups, momentum: recipe.momentum, weightDecay: recipe.weightDecay)
  }

  public var epochs: Int { recipe.schedule(for: cell.variant).epochs }

  /// The base learning rate of an epoch.
  public func learningRate(epoch: Int) -> Double {
    recipe.learningRate(for: cell.variant, epoch: epoch)
  }

  // MARK: Training

  /// One pass over the training images. The totals' loss is not finite if the run diverged; the rest of the epoch is left
  /// out then.
  func train(epoch: Int) throws -> EpochTotals {
    let sampling = EpochSampling.training(cell, recipe, epoch: epoch)
    var totals = EpochTotals()
    let pool = StoragePool.shared
    pool.resetPeak()
    try eachBatch(.train, epoch: epoch) { batch in
      let before = pool.allocations
      try step(batch, epoch: epoch, sampling, &totals)
      totals.allocations.append(pool.allocations - before)
      return (totals.loss.isFinite, totals.loss, totals.top1(model.heads[0]))
    }
    totals.peakTensorBytes = pool.usage.peakBytes
    return totals
  }

  private func step(_ batch: Batch, epoch: Int, _ sampling: EpochSampling, _ totals: inout EpochTotals) throws {
    clock.measure(.update) { model.zeroGradients() }
    for group in normalizationGroups(of: batch.labels.count, largest: recipe.normalizationGroup) {
      // The first group alone moves the running statistics, as the first replica of PyTorch's DataParallel does.
      let context = sampling.context(
        batch, group, running: group.lowerBound == 0 ? .update : .keep,
        gradientScale: Float(group.count) / Float(batch.labels.count), clock: clock)
      let labels = Array(batch.labels[group])
      let pass = PlantedFault.slowing {
        model.trainingPass(batch.images.rows(group), labels: labels, context)
      }
      totals.add(pass, labels: labels)
    }
    guard totals.loss.isFinite else { return }
    clock.measure(.update) { optimizer.step(learningRate: learningRate(epoch: epoch)) }
  }

  // MARK: Testing

  /// The accuracies on the test images; nil if a logit is infinite or no number: the model has diverged.
  func evaluate(epoch: Int) throws -> Evaluation? {
    let sampling = EpochSampling.testing(cell, recipe, epoch: epoch)
    var evaluation = Evaluation(heads: model.heads)
    var isFinite = true
    try eachBatch(.test, epoch: epoch) { batch in
      let logits = PlantedFault.breakingHead(
        model.predict(batch.images, sampling.context(batch, batch.labels.indices, clock: clock)), of: model.heads)
      isFinite = evaluation.add(logits, batch.samples)
      return (isFinite, evaluation.scores[0].loss, evaluation.scores[0].top1)
    }
    return isFinite ? evaluation : nil
  }

  // MARK: Both

  /// Calls `body` with each batch as a step on the clock, until it says not to go on; it also says what the pass has come to.
  private func eachBatch(
    _ split: Split, epoch: Int, _ body: (Batch) throws -> (goesOn: Bool, loss: Double, top1: Double)
  ) throws {
    let isTraining = split == .train
    let loader = Loader(
      dataset, split: split, transform: isTraining ? recipe.trainTransform : recipe.testTransform,
      batch: recipe.batch, seed: cell.seed, epoch: epoch, shouldStop: shouldStop)
    let images = dataset.samples(split).count
    let work = cell.variant.passes * (isTraining ? 3 : 1)
    var size = recipe.batch
    defer { if size != recipe.batch { StoragePool.shared.drain() } }
    let steps = (images + recipe.batch - 1) / recipe.batch
    for step in 0..<steps {
      if shouldStop() { throw ExperimentError.interrupted }
      let (count, (goesOn, loss, top1)) = try clock.step(phase: isTraining ? .train : .infer) {
        () -> (count: Int, body: (Bool, Double, Double)) in
        guard let batch = try clock.measure(.load, loader.next) else {
          // There are more: it waited for an image, and the user for the end.
          throw ExperimentError.interrupted
        }
        loading.add(.decode, step: batchesLoaded, nanoseconds: Int(batch.decodeNanoseconds))
        loading.add(.augment, step: batchesLoaded, nanoseconds: Int(batch.augmentNanoseconds))
        batchesLoaded += 1
        if batch.labels.count != size {
          // The last, smaller batch can use none of the memory that the others have left.
          StoragePool.shared.drain()
          size = batch.labels.count
        }
        return (batch.labels.count, try body(batch))
      }
      report(
        .worked(
          StepReport(
            isTraining: isTraining, epoch: epoch, of: epochs, step: step, of: steps, images: count,
            work: count * work, loss: loss, top1: top1)))
      guard goesOn else { return }
    }
  }

  /// The times of all stages since the last call.
  func takeStageSamples() -> [StageSample] { clock.takeSamples() + loading.takeSamples() }
}
