import Datasets
import Models
import Tensors
import Timing

extension Trainer {
  /// Calls `body` for each remaining step of the current pass, until it says to stop, with the step's images and this
  /// rank's batch: in training, its groups of the batch; in a test step, which has one batch for each rank, its own
  /// one. `body` also returns the pass's results so far. After any error but a `CommunicationError`, the model
  /// matches `progress`.
  func eachStep(
    _ afterStep: () throws -> Void,
    _ body: (_ images: Range<Int>, Batch?) throws -> (goesOn: Bool, loss: Double, top1: Double)
  ) throws {
    let (split, epoch, first) = (place.split, place.epoch, place.step)
    let isTraining = split == .train
    func places(_ number: Int, _ images: Int) -> [Int] {
      if isTraining { return GroupShare(of: images, largest: recipe.normalizationGroup, on: ranks).places }
      return (number - first) % ranks.count == ranks.rank ? Array(0..<images) : []
    }
    // Ranks may stop only by agreement.
    let loader = Loader(
      dataset, split: split, transform: isTraining ? recipe.trainTransform : recipe.testTransform,
      batch: recipe.batch, seed: cell.seed, epoch: epoch, from: first, picking: ranks.count > 1 ? places : nil,
      shouldStop: ranks.count > 1 ? { false } : shouldStop)
    let work = cell.variant.passes * (isTraining ? 3 : 1)
    let whole = isTraining ? places(0, recipe.batch).count : recipe.batch
    var size = whole
    defer { if size != whole { StoragePool.shared.drain() } }
    let (steps, all) = (steps(split), dataset.samples(split).count)
    while place.step < steps {
      let step = place.step
      if ranks.count > 1 ? isStopAgreed : shouldStop() { throw ExperimentError.interrupted }
      let batches = isTraining ? 1 : min(ranks.count, steps - step)
      let images = step * recipe.batch..<min((step + batches) * recipe.batch, all)
      let isBusy = isTraining ? !places(step, images.count).isEmpty : ranks.rank < batches
      let (goesOn, loss, top1) = try clock.step(phase: isTraining ? .train : .infer) {
        guard isBusy else { return try body(images, nil) }
        guard let batch = try clock.measure(.load, loader.next) else {
          // More images follow: the loader was waiting for one when the user asked to stop.
          throw ExperimentError.interrupted
        }
        loading.add(.decode, step: batchesLoaded, nanoseconds: Int(batch.decodeNanoseconds))
        loading.add(.augment, step: batchesLoaded, nanoseconds: Int(batch.augmentNanoseconds))
        batchesLoaded += 1
        if batch.labels.count != size {
          // The last, smaller batch cannot reuse the memory of the others.
          StoragePool.shared.drain()
          size = batch.labels.count
        }
        return try body(images, batch)
      }
      report(
        .worked(
          StepReport(
            isTraining: isTraining, epoch: epoch, of: epochs, step: step, of: steps, images: images.count,
            work: images.count * work, loss: loss, top1: top1)))
      guard goesOn else {
        hasDiverged = true
        return
      }
      progress.place.step += batches
      try afterStep()
    }
  }

  func steps(_ split: Split) -> Int { (dataset.samples(split).count + recipe.batch - 1) / recipe.batch }
}
