import Models

/// What an experiment tells while it goes on.
public enum TrainingEvent: Sendable {
  /// A run is left out because an earlier session finished it.
  case skipped(Cell, work: Int)
  /// A run begins, the first having the number 1; runs that are left out are counted.
  case began(Cell, number: Int, of: Int, work: Int)
  /// The first run of a variant was given weights.
  case loadedWeights(Cell, WeightLoadReport)
  /// A step is done: images seen, and the work in passes over images, a training pass counted as three.
  case worked(images: Int, work: Int)
  /// An epoch is done and on disk; accuracy in percent of the head whose prediction counts.
  case finishedEpoch(Int, of: Int, loss: Double, top1: Double)
  case ended(Cell, CellOutcome)
}

/// How a run came out.
public enum CellOutcome: Sendable, Equatable {
  /// Accuracies in percent of the head whose prediction counts.
  case finished(top1: Double, bestTop1: Double)
  /// The loss became NaN or infinite in this epoch.
  case diverged(epoch: Int)
}
