import Datasets
import Models
import Timing

/// How far a run has come: beside weights, buffers and velocities, all that it takes to go on to the bit.
///
/// Random streams have no state of their own: each is derived from the seed, the epoch and the image.
public struct TrainingProgress: Codable, Sendable {
  /// The next step: of an epoch, from 0, and of its pass over the training or the test images.
  public struct Place: Codable, Equatable, Sendable {
    var epoch = 0
    var split = Split.train
    var step = 0

    /// In words, in a run of so many epochs: "epoch 3 of 12, step 17".
    public func text(of epochs: Int) -> String {
      guard epoch < epochs else { return "the end of its last epoch" }
      return "epoch \(epoch + 1) of \(epochs), \(split == .train ? "" : "test ")step \(step + 1)"
    }
  }

  var place = Place()
  /// What the training steps of the epoch add up to.
  var totals = EpochTotals()
  /// What the test steps of the epoch add up to.
  var evaluation: Evaluation
  /// Where the test steps of the epoch looked.
  var peaks = PeakTotals()
  /// The scores of the epochs that are finished.
  var scores: [[Evaluation.Score]] = []
  /// The times of the epoch's steps, in what is saved; a trainer has them on its clock.
  var times: [StageSample] = []

  /// That of a model with these heads before its first step.
  init(heads: [Models.Head]) { evaluation = Evaluation(heads: heads) }

  /// Goes to the next epoch; what the last one came to is kept.
  mutating func finishEpoch(of epochs: Int) {
    scores.append(evaluation.scores)
    place = Place(epoch: place.epoch + 1)
    guard place.epoch < epochs else { return }
    (totals, evaluation, peaks) = (EpochTotals(), Evaluation(heads: evaluation.scores.map(\.head)), PeakTotals())
  }
}
