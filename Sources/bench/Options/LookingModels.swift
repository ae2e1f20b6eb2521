import ArgumentParser
import Datasets
import Experiments
import Explanations
import Files
import Foundation
import Records

/// Trained models whose looking is asked about, and where the answers go.
struct LookingModels: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An output folder of ablation --checkpoints: all its models that look at peaks.", valueName: "folder"))
  var folder: String?

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Checkpoints of train or ablation, one or several.", valueName: "file")
  )
  var checkpoint: [String] = []

  @Option(
    help: ArgumentHelp("Where the table and the chart go (default: the folder that was named).", valueName: "dir"))
  var out: String?

  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    if folder == nil && checkpoint.isEmpty {
      throw ValidationError(
        "name models: an output folder of bench ablation --checkpoints, or files with --checkpoint.")
    }
    if folder != nil && !checkpoint.isEmpty { throw ValidationError("name a folder or --checkpoint files, not both.") }
    if folder == nil && out == nil { throw ValidationError("say with --out where the table goes.") }
  }

  /// The folder that is written to, which is made.
  func destination() throws -> URL {
    let destination = URL(fileURLWithPath: out ?? folder ?? ".", isDirectory: true)
    try makeFolder(destination.givenPath, failingAs: RecordsError.self)
    return destination
  }

  /// The models, each with the images that it is asked about: those that it was tested on, if nothing else is said. All are
  /// read, and the images checked, before the first is run.
  func opened() throws -> [(model: TrainedModel, images: Dataset)] {
    var opened: [(model: TrainedModel, images: Dataset)] = []
    for model in try models() {
      let known = opened.first {
        $0.model.dataset?.name == model.dataset?.name && $0.model.classNames == model.classNames
      }
      let images =
        try known?.images
        ?? dataset.open(standard: model.dataset?.name ?? "birdlets", standardClasses: model.dataset?.classes).dataset
      opened.append((model, images))
    }
    return opened
  }

  /// Throws `noModels` for a folder without one that looks at peaks, `noPeaks` for a file that was named and does not.
  private func models() throws -> [TrainedModel] {
    guard let folder else {
      let models = try checkpoint.map { try TrainedModel(reading: $0) }
      for model in models { _ = try model.lookingNetwork() }
      return models
    }
    let models = try checkpointPaths(in: folder).map { try TrainedModel(reading: $0) }.filter(\.looksAtPeaks)
    guard !models.isEmpty else { throw ExplanationError.noModels(folder: folder) }
    return models
  }
}

/// The files of an output folder's models, sorted by name; what else training keeps beside them is left out.
private func checkpointPaths(in folder: String) -> [String] {
  let checkpoints = folder + "/checkpoints"
  return (folderEntries(checkpoints) ?? []).filter { $0.contains(/-seed\d+\.safetensors$/) }.map {
    checkpoints + "/" + $0
  }
}
