import Datasets
import Experiments

extension DatasetOptions {
  /// The images that a model is tested on: its own dataset and classes, read as they were for its training, unless something
  /// else is said. Says where they are not those that its training tested on.
  func open(for model: TrainedModel) throws -> Dataset {
    warnOfAnotherSplit(than: model.recipe.reading)
    model.tellOfHeldOutImages()
    return try open(
      standard: model.dataset?.name ?? "birdlets", standardClasses: model.dataset?.classes,
      standardReading: model.recipe.reading
    ).dataset
  }

  /// Of equal seeds a smaller share is a part of a larger one.
  private func warnOfAnotherSplit(than trained: Reading) {
    guard let share = trained.testShare else { return }
    let seed = trained.splitSeed ?? 0
    guard (splitSeed ?? (reading.testShare == nil ? seed : 0)) != seed || (reading.testShare ?? share) > share else {
      return
    }
    warn(
      "the model was trained with --test-share \(share) --split-seed \(seed): if the folder is the same, it is now "
        + "tested on some of its training images.")
  }
}

extension TrainedModel {
  /// Says so where the images that a model is asked about are not those that its training tested on.
  func tellOfHeldOutImages() {
    guard let heldOut = recipe.overrides["held-out"] else { return }
    complain(
      "\(path): training tested on \(heldOut) of the training images (--held-out); these are the test images.")
  }
}
