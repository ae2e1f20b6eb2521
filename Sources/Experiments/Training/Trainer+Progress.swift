import Datasets
import Models
import Timing

extension Trainer {
  /// The next step.
  var place: TrainingProgress.Place { progress.place }
  /// Whether all epochs are finished.
  var isDone: Bool { place.epoch == epochs }

  /// The times of all stages of this epoch's steps.
  var times: [StageSample] { clock.samples + loading.samples }

  /// Moves to the next epoch, once the current one is trained and tested and its rows are on disk.
  func finishEpoch() {
    progress.finishEpoch(of: epochs)
    _ = (clock.takeSamples(), loading.takeSamples())
  }

  /// The progress so far, with the times of this epoch.
  var snapshot: TrainingProgress {
    var progress = progress
    progress.times = times
    return progress
  }

  /// Resumes from the place of another trainer of the same cell, whose weights, buffers and velocities the caller
  /// copies; false, and nothing is changed, if no trainer can have been there.
  func goOn(from snapshot: TrainingProgress) -> Bool {
    guard isPossible(snapshot) else { return false }
    progress = snapshot
    progress.times = []
    let isTraining = place.split == .train
    let trained = place.epoch * steps(.train) + (isTraining ? place.step : steps(.train))
    let tested = place.epoch * steps(.test) + (isTraining ? 0 : place.step)
    batchesLoaded = trained + tested
    clock.goOn(after: [.train: trained, .infer: tested], with: snapshot.times.filter { $0.phase != .load })
    for sample in snapshot.times where sample.phase == .load {
      loading.add(sample.stage, step: sample.step, nanoseconds: sample.durationNanoseconds)
    }
    return true
  }

  private func isPossible(_ progress: TrainingProgress) -> Bool {
    let (place, evaluation) = (progress.place, progress.evaluation)
    let isDone = place == .init(epoch: epochs)
    guard isDone || (0..<epochs).contains(place.epoch) && (0...steps(place.split)).contains(place.step) else {
      return false
    }
    let tested = isDone ? steps(.test) : place.split == .test ? place.step : 0
    let looked = model is S3N ? evaluation.images : 0
    let labels = dataset.classNames.indices
    return progress.scores.count == place.epoch
      && (progress.scores + [evaluation.scores]).allSatisfy { $0.map(\.head) == model.heads }
      && evaluation.images == min(tested * recipe.batch, dataset.test.count) && progress.peaks.images == looked
      && evaluation.predictions.allSatisfy { labels.contains($0.predicted) && labels.contains($0.sample.label) }
  }

  /// The work so far in backbone passes over images; a training pass counts as three.
  var workDone: Int {
    let (train, test) = (dataset.train.count, dataset.test.count)
    let images = place.step * recipe.batch
    let epoch = place.split == .train ? 3 * min(images, train) : 3 * train + min(images, test)
    return cell.variant.passes * (place.epoch * (3 * train + test) + epoch)
  }
}
