import ArgumentParser
import Datasets
import Experiments

/// Trained models whose looking is asked about, and the images to ask about.
struct LookingModels: ParsableArguments {
  @OptionGroup var named: NamedModels
  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup var threads: ThreadOptions

  /// The models, each with the images that it is asked about: those that it was tested on, if nothing else is said. All are
  /// read, and the images checked, before the first is run.
  func opened() throws -> [(model: TrainedModel, images: Dataset)] {
    var opened: [(model: TrainedModel, images: Dataset)] = []
    for model in try named.read(lookingAtPeaks: true) {
      let known = opened.first {
        $0.model.dataset?.name == model.dataset?.name && $0.model.classNames == model.classNames
          && $0.model.recipe.reading == model.recipe.reading
      }
      opened.append((model, try known?.images ?? dataset.open(for: model)))
    }
    return opened
  }

  /// The same, those that differ in their seeds alone together.
  func openedByFamily() throws -> [[(model: TrainedModel, images: Dataset)]] {
    let opened = try opened()
    return opened.map(\.model.cell.family).unique().map { family in opened.filter { $0.model.cell.family == family } }
  }
}
