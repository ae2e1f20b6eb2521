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
  let dataset: Dataset
  private let shouldStop: () -> Bool
  private let report: (TrainingEvent) -> Void
  let clock = StageClock()
  let loading = StageLog()
  var batchesLoaded = 0
  var progress: TrainingProgress
  /// Whether a loss or a logit became infinite or no number: the model is then no longer what `progress` says.
  private(set) var hasDiverged = false

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
    progress = TrainingProgress(heads: model.heads)
    optimizer = SGD(
      model.parameters, groups: recipe.groups, momentum: recipe.momentum, weightDecay: recipe.weightDecay)
  }

  public var epochs: Int { recipe.schedule(for: cell.variant).epochs }

  /// The base learning rate of an epoch.
  public func learningRate(epoch: Int) -> Double {
    recipe.learningRate(for: cell.variant, epoch: epoch)
  }

  // MARK: Training

  /// The rest of the epoch's pass over the training images, if there is one; false if the run diverged, which ends it.
  func train(afterStep: () throws -> Void = {}) throws -> Bool {
    guard place.split == .train else { return true }
    let epoch = place.epoch
    let sampling = EpochSampling.training(cell, recipe, epoch: epoch)
    let pool = StoragePool.shared
    pool.resetPeak()
    try eachBatch(afterStep) { batch in
      let before = pool.allocations
      var totals = progress.totals
      step(batch, epoch: epoch, sampling, &totals)
      totals.allocations.append(pool.allocations - before)
      totals.peakTensorBytes = max(totals.peakTensorBytes, pool.usage.peakBytes)
      progress.totals = totals
      return (totals.loss.isFinite, totals.loss, totals.top1(model.heads[0]))
    }
    guard !hasDiverged else { return false }
    progress.place = .init(epoch: epoch, split: .test)
    return true
  }

  private func step(_ batch: Batch, epoch: Int, _ sampling: EpochSampling, _ totals: inout EpochTotals) {
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

  /// The accuracies on the test images, in whatever epoch the model was trained last.
  func evaluate(epoch: Int) throws -> Evaluation? {
    progress = TrainingProgress(heads: model.heads)
    progress.place = .init(epoch: epoch, split: .test)
    return try evaluate()
  }

  /// The accuracies on the test images after the epoch's training, those of them counted that were tested before; nil if a
  /// logit is infinite or no number: the model has diverged.
  func evaluate(afterStep: () throws -> Void = {}) throws -> Evaluation? {
    let sampling = EpochSampling.testing(cell, recipe, epoch: place.epoch)
    try eachBatch(afterStep) { batch in
      var context = sampling.context(batch, batch.labels.indices, clock: clock)
      let trace = PassTrace()
      context.trace = trace
      let logits = PlantedFault.breakingHead(model.predict(batch.images, context), of: model.heads)
      if let looked = trace.sampling { progress.peaks.add(looked.peaks) }
      let isFinite = progress.evaluation.add(logits, batch.samples)
      let score = progress.evaluation.scores[0]
      return (isFinite, score.loss, score.top1)
    }
    return hasDiverged ? nil : progress.evaluation
  }

  // MARK: Both

  /// Calls `body` with each batch of the pass under way as a step on the clock, from its next one on and until it says not to go
  /// on; it also says what the pass has come to. Whatever is thrown, the model is what `progress` says.
  private func eachBatch(
    _ afterStep: () throws -> Void, _ body: (Batch) -> (goesOn: Bool, loss: Double, top1: Double)
  ) throws {
    let (split, epoch) = (place.split, place.epoch)
    let isTraining = split == .train
    let loader = Loader(
      dataset, split: split, transform: isTraining ? recipe.trainTransform : recipe.testTransform,
      batch: recipe.batch, seed: cell.seed, epoch: epoch, from: place.step, shouldStop: shouldStop)
    let work = cell.variant.passes * (isTraining ? 3 : 1)
    var size = recipe.batch
    defer { if size != recipe.batch { StoragePool.shared.drain() } }
    let steps = steps(split)
    while place.step < steps {
      let step = place.step
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
        return (batch.labels.count, body(batch))
      }
      report(
        .worked(
          StepReport(
            isTraining: isTraining, epoch: epoch, of: epochs, step: step, of: steps, images: count,
            work: count * work, loss: loss, top1: top1)))
      guard goesOn else {
        hasDiverged = true
        return
      }
      progress.place.step += 1
      try afterStep()
    }
  }

  func steps(_ split: Split) -> Int { (dataset.samples(split).count + recipe.batch - 1) / recipe.batch }
}
