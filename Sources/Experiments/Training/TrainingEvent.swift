import Models

/// What an experiment reports while it runs.
public enum TrainingEvent: Sendable {
  /// A run is skipped because an earlier command finished it.
  case skipped(Cell, work: Int)
  /// A run begins; numbers start at 1 and count skipped runs.
  case began(Cell, number: Int, of: Int, work: Int)
  /// The first run of a variant has loaded initial weights.
  case loadedWeights(Cell, WeightLoadReport)
  /// A run resumes where it was interrupted; `work` was done before.
  case resumed(Cell, TrainingProgress.Place, of: Int, work: Int)
  case worked(StepReport)
  /// An epoch is done and on disk; `top1` is in percent, of the head whose prediction counts.
  case finishedEpoch(Int, of: Int, loss: Double, top1: Double)
  case ended(Cell, CellOutcome)
  /// The progress of a stopped run is on disk; or it is not, and what was saved before still is.
  case saved(Cell, TrainingProgress.Place, of: Int)
  case notSaved(Cell, reason: String)
}

/// A completed step of training or testing.
public struct StepReport: Sendable, Equatable {
  public var isTraining: Bool
  /// From 0.
  public var epoch: Int
  public var epochs: Int
  /// From 0, within this pass over the images.
  public var step: Int
  public var steps: Int
  /// The images of the step, and its work in passes over images; a training pass counts as three.
  public var images: Int
  public var work: Int
  /// The means over this pass so far: the loss, and the accuracy in percent of the head whose prediction counts.
  public var loss: Double
  public var top1: Double

  public init(
    isTraining: Bool, epoch: Int, of epochs: Int, step: Int, of steps: Int, images: Int, work: Int, loss: Double,
    top1: Double
  ) {
    self.isTraining = isTraining
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.steps = steps
    self.images = images
    self.work = work
    self.loss = loss
    self.top1 = top1
  }
}

/// The outcome of a run.
public enum CellOutcome: Sendable, Equatable {
  /// Accuracies in percent of the head whose prediction counts.
  case finished(top1: Double, bestTop1: Double)
  /// The loss became NaN or infinite in this epoch.
  case diverged(epoch: Int)
}
