import Collectives
import Datasets
import Layers
import Models
import Tensors
import Timing

/// Trains and tests one model through the epochs of its recipe: the same bits for the same seed on any number of
/// threads and, together with its peers, on any number of ranks.
public final class Trainer {
  public let cell: Cell
  public let recipe: Recipe
  public let model: any ImageClassifier
  public let optimizer: SGD
  let dataset: Dataset
  let ranks: any Communicator
  let shouldStop: () -> Bool
  /// Whether one of several ranks wants to stop, known to all of them.
  var isStopAgreed = false
  let gradients: any GradientSum
  let report: (TrainingEvent) -> Void
  let clock = StageClock()
  let loading = StageLog()
  var batchesLoaded = 0
  var progress: TrainingProgress
  /// Whether a loss or a logit became infinite or NaN: the model then no longer matches `progress`.
  var hasDiverged = false

  /// - Parameters:
  ///   - model: the cell's model, however far it is trained.
  ///   - ranks: each must have such a trainer and call the same functions of it.
  ///   - shouldStop: polled before every step; true ends the run with `ExperimentError.interrupted`.
  ///   - report: receives the events.
  public init(
    _ cell: Cell, _ recipe: Recipe, _ model: any ImageClassifier, on dataset: Dataset,
    ranks: any Communicator = SingleProcess(), shouldStop: @escaping () -> Bool = { false },
    report: @escaping (TrainingEvent) -> Void = { _ in }
  ) {
    self.cell = cell
    self.recipe = recipe
    self.model = model
    self.dataset = dataset
    self.ranks = ranks
    gradients =
      ranks.count > 1
      ? RankedGradientSum(model.parametersByBackward, over: ranks) : LocalGradientSum(model.parameters)
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

  /// Trains the rest of the epoch, if any is left; false if the run diverged, which ends it.
  func train(afterStep: () throws -> Void = {}) throws -> Bool {
    guard place.split == .train else { return true }
    let epoch = place.epoch
    let sampling = EpochSampling.training(cell, recipe, epoch: epoch)
    let pool = StoragePool.shared
    pool.resetPeak()
    try eachStep(afterStep) { images, batch in
      let before = pool.allocations
      var totals = progress.totals
      try step(over: images.count, batch, epoch: epoch, sampling, &totals)
      totals.allocations.append(pool.allocations - before)
      totals.peakTensorBytes = max(totals.peakTensorBytes, pool.usage.peakBytes)
      progress.totals = totals
      return (totals.loss.isFinite, totals.loss, totals.top1(model.heads[0]))
    }
    try shareBuffers()
    guard !hasDiverged else { return false }
    progress.place = .init(epoch: epoch, split: .test)
    return true
  }

  /// Runs a step over `images` images, of which `batch` holds this rank's, if it has any.
  private func step(
    over images: Int, _ batch: Batch?, epoch: Int, _ sampling: EpochSampling, _ totals: inout EpochTotals
  ) throws {
    let share = GroupShare(of: images, largest: recipe.normalizationGroup, on: ranks)
    clock.measure(.update) { model.zeroGradients() }
    gradients.begin(groups: share.count)
    var passes: [GroupTotals] = []
    for round in 0..<share.rounds {
      let group = share.groups.indices.contains(round) ? share.groups[round] : nil
      if let group, let batch {
        // Only the first group updates the running statistics, like the first replica of PyTorch's DataParallel.
        var context = sampling.context(
          batch, group.images, running: group.number == 0 ? .update : .keep,
          gradientScale: Float(group.images.count) / Float(images), clock: clock)
        context.gradientsAreFinal = gradients.areFinal
        let labels = Array(batch.labels[group.images])
        let pass = PlantedFault.slowing {
          model.trainingPass(batch.images.rows(group.images), labels: labels, context)
        }
        passes.append(GroupTotals(pass, labels: labels))
      }
      clock.measure(.update) { gradients.endRound(hadGroup: group != nil) }
    }
    try finishGradients()
    for pass in try gathered(passes, of: share) { totals.add(pass) }
    guard totals.loss.isFinite else { return }
    clock.measure(.update) { optimizer.step(learningRate: learningRate(epoch: epoch)) }
  }

  // MARK: Testing

  /// The accuracies on all test images, as after training `epoch`; nil if the model has diverged.
  func evaluate(epoch: Int) throws -> Evaluation? {
    progress = TrainingProgress(heads: model.heads)
    progress.place = .init(epoch: epoch, split: .test)
    return try evaluate()
  }

  /// The accuracies on the test images after the epoch's training, including those tested before an interruption; nil
  /// if a logit is infinite or NaN: the model has diverged.
  func evaluate(afterStep: () throws -> Void = {}) throws -> Evaluation? {
    let sampling = EpochSampling.testing(cell, recipe, epoch: place.epoch)
    try eachStep(afterStep) { images, batch in
      let mine = batch.map { batch in
        var context = sampling.context(batch, batch.labels.indices, clock: clock)
        let trace = PassTrace()
        context.trace = trace
        let logits = PlantedFault.breakingHead(model.predict(batch.images, context), of: model.heads)
        return TestOutcome(logits, peaks: trace.sampling?.peaks ?? [])
      }
      let samples = dataset.test[images]
      let batches = stride(from: images.lowerBound, to: images.upperBound, by: recipe.batch).map {
        Array(samples[$0..<min($0 + recipe.batch, images.upperBound)])
      }
      var isFinite = true
      for (outcome, samples) in zip(try gathered(mine, images: batches.map(\.count)), batches) where isFinite {
        progress.peaks.add(outcome.peaks)
        isFinite = progress.evaluation.add(outcome.logits, samples)
      }
      let score = progress.evaluation.scores[0]
      return (isFinite, score.loss, score.top1)
    }
    return hasDiverged ? nil : progress.evaluation
  }
}
