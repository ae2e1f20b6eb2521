import ArgumentParser
import Datasets
import Experiments

/// The trained models whose attention is examined, and the images to use.
struct LookingModels: ParsableArguments {
  @OptionGroup var named: NamedModels
  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup var threads: ThreadOptions

  /// Returns the models grouped by family (differing only in their seeds), each with its images: by default those that
  /// it was tested on. All models are read, and the images checked, before the first is run.
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
