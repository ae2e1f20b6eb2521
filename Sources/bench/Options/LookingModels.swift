import ArgumentParser
import Datasets
import Experiments

/// Trained models whose looking is asked about, and the images to ask about.
struct LookingModels: ParsableArguments {
  @OptionGroup var named: NamedModels
  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup var threads: ThreadOptions

  /// The models, those that differ in their seeds alone together, each with the images that it is asked about: those that it was
  /// tested on, if nothing else is said. All are read, and the images checked, before the first is run.
  func openedByFamily() throws -> [[(model: NamedModel, images: Dataset)]] {
    var images: [(of: NamedModel, Dataset)] = []
    let models = try named.read(lookingAtPeaks: true) { model in
      let named = NamedModel(model)
      if !images.contains(where: { $0.of.sharesImages(with: named) }) {
        images.append((named, try dataset.open(for: model)))
      }
    }
    let opened = models.compactMap { model in
      images.first { $0.of.sharesImages(with: model) }.map { (model: model, images: $0.1) }
    }
    return opened.map(\.model.cell.family).unique().map { family in opened.filter { $0.model.cell.family == family } }
  }
}
