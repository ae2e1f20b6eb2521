import Datasets
import Models
import Timing

/// How far a run has come: besides weights, buffers and velocities, all that is needed to resume bit-exactly.
///
/// Random streams have no state of their own: each is derived from the seed, the epoch and the image.
public struct TrainingProgress: Codable, Sendable {
  /// The next step: its epoch, from 0, and its position in the pass over training or test images.
  public struct Place: Codable, Equatable, Sendable {
    var epoch = 0
    var split = Split.train
    var step = 0

    /// A description for a run of `epochs` epochs: "epoch 3 of 12, step 17".
    public func text(of epochs: Int) -> String {
      guard epoch < epochs else { return "the end of its last epoch" }
      return "epoch \(epoch + 1) of \(epochs), \(split == .train ? "" : "test ")step \(step + 1)"
    }
  }

  var place = Place()
  /// The totals of the epoch's training steps.
  var totals = EpochTotals()
  /// The totals of the epoch's test steps.
  var evaluation: Evaluation
  /// Where the test steps of the epoch looked.
  var peaks = PeakTotals()
  /// The scores of the finished epochs.
  var scores: [[Evaluation.Score]] = []
  /// The times of the epoch's steps, only in saved progress; a trainer has them on its clock.
  var times: [StageSample] = []

  /// The progress of a model with these heads before its first step.
  init(heads: [Models.Head]) { evaluation = Evaluation(heads: heads) }

  /// Moves to the next epoch; after the run's last one, keeps its totals.
  mutating func finishEpoch(of epochs: Int) {
    scores.append(evaluation.scores)
    place = Place(epoch: place.epoch + 1)
    guard place.epoch < epochs else { return }
    (totals, evaluation, peaks) = (EpochTotals(), Evaluation(heads: evaluation.scores.map(\.head)), PeakTotals())
  }
}
