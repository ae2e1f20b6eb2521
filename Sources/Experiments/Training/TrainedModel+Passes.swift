import Datasets
import Models
import Tensors

extension TrainedModel {
  /// One step over test images: the batch, and the context that the model's own tests would give it.
  public struct TestPass {
    public let batch: Batch
    public let context: PassContext
    /// The number of images before this batch.
    public let first: Int
  }

  /// Calls `body` with the test images of `dataset`, batch by batch, as `evaluate` sees them.
  ///
  /// Throws what `evaluate` throws except `notFinite`, `interrupted` once `shouldStop` is true, and what `body` throws.
  public func eachTestPass(
    over dataset: Dataset, shouldStop: @escaping () -> Bool = { false }, _ body: (TestPass) throws -> Void
  ) throws {
    let dataset = try fitting(dataset)
    let sampling = EpochSampling.testing(cell, recipe, epoch: epoch)
    let loader = Loader(
      dataset, split: .test, transform: recipe.testTransform, batch: recipe.batch, seed: cell.seed, epoch: epoch,
      shouldStop: shouldStop)
    defer { StoragePool.shared.drain() }
    var first = 0
    while first < dataset.test.count {
      guard !shouldStop(), let batch = try loader.next() else { throw ExperimentError.interrupted }
      try body(
        TestPass(batch: batch, context: sampling.context(batch, batch.labels.indices, clock: nil), first: first))
      first += batch.labels.count
    }
  }
}
