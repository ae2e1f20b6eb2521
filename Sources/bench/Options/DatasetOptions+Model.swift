import Datasets
import Experiments

extension DatasetOptions {
  /// The images that a model is tested on: its own dataset and classes, read as they were for its training, unless something
  /// else is said.
  func open(for model: TrainedModel) throws -> Dataset {
    try open(
      standard: model.dataset?.name ?? "birdlets", standardClasses: model.dataset?.classes,
      standardReading: model.recipe.reading
    ).dataset
  }
}
