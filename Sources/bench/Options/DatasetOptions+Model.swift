import Datasets
import Experiments

extension DatasetOptions {
  /// Opens the images to test a model on: by default its own dataset and classes, read as they were for its training.
  ///
  /// Prints a note if they are not the images that its training tested on.
  func open(for model: TrainedModel) throws -> Dataset {
    warnOfAnotherSplit(than: model.recipe.reading)
    model.tellOfHeldOutImages()
    return try open(
      standard: model.dataset?.name ?? "birdlets", standardClasses: model.dataset?.classes,
      standardReading: model.recipe.reading
    ).dataset
  }

  /// With equal seeds, a smaller share is a subset of a larger one.
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
  /// Prints a note if the model's training tested on other images than it is tested on now.
  func tellOfHeldOutImages() {
    guard let heldOut = recipe.overrides["held-out"] else { return }
    complain(
      "\(path): training tested on \(heldOut) of the training images (--held-out); these are the test images.")
  }
}
