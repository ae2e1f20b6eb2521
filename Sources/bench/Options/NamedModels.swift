import ArgumentParser
import Experiments
import Explanations
import Files
import Foundation
import Records

/// The trained models to examine, and where the results go.
struct NamedModels: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Output folder of bench ablation --checkpoints, to use all its models.", valueName: "folder"))
  var folder: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("One or more checkpoints of bench train or bench ablation.", valueName: "file")
  )
  var checkpoint: [String] = []

  @Option(
    help: ArgumentHelp("Folder for the table and chart (default: the named output folder).", valueName: "dir"))
  var out: String?

  func validate() throws {
    if folder == nil && checkpoint.isEmpty {
      throw ValidationError(
        "name models: an output folder of bench ablation --checkpoints, or files with --checkpoint.")
    }
    if folder != nil && !checkpoint.isEmpty { throw ValidationError("name a folder or --checkpoint files, not both.") }
    if folder == nil && out == nil { throw ValidationError("say with --out where the table goes.") }
  }

  /// Creates and returns the output folder; throws if the folder of models is missing or divided.
  func destination() throws -> URL {
    if let folder, !isFolder(folder) { throw ExplanationError.noFolder(path: folder) }
    if let folder, DividedFolder.isOne(URL(fileURLWithPath: folder, isDirectory: true)) {
      throw RecordsError.dividedFolder(path: folder)
    }
    let destination = try outputFolder(out ?? folder ?? ".")
    try makeFolder(destination.givenPath, failingAs: RecordsError.self)
    return destination
  }

  /// Reads all models in the order given, or for a folder in the order of an ablation's table; calls `body` on each.
  ///
  /// With `lookingAtPeaks`, models of a folder that look at no peaks are left out, and named ones are refused. Throws
  /// `noModels` if a folder has none left.
  func read(lookingAtPeaks: Bool, _ body: (TrainedModel) throws -> Void = { _ in }) throws -> [NamedModel] {
    var models: [NamedModel] = []
    var seen: [NamedModel] = []
    for path in paths() {
      let model = try TrainedModel(reading: path)
      let named = NamedModel(model)
      if let other = seen.first(where: { !$0.sharesTable(with: named) }) {
        throw ExplanationError.noSharedTable(paths: [other.path, path])
      }
      seen.append(named)
      if lookingAtPeaks, folder == nil { _ = try model.lookingNetwork() }
      guard !lookingAtPeaks || model.looksAtPeaks else { continue }
      models.append(named)
      try body(model)
    }
    guard let folder else { return models }
    guard !models.isEmpty else { throw ExplanationError.noModels(folder: folder) }
    return models.sorted { $0.cell.precedes($1.cell) }
  }

  /// Other files that training keeps next to the models are left out.
  private func paths() -> [String] {
    guard let folder else { return checkpoint }
    let checkpoints = folder + "/" + RecordsFile.models
    return (folderEntries(checkpoints) ?? []).filter { $0.contains(/-seed\d+\.safetensors$/) }
      .map { checkpoints + "/" + $0 }
  }
}

/// A trained model without its weights, since those of many would not fit into memory; it is read again when needed.
struct NamedModel {
  let path: String
  let fileStem: String
  let cell: Experiments.Cell
  private let recipe: Recipe
  private let datasetName: String?
  private let classNames: [String]?

  init(_ model: TrainedModel) {
    (path, fileStem, cell, recipe) = (model.path, model.fileStem, model.cell, model.recipe)
    (datasetName, classNames) = (model.dataset?.name, model.classNames)
  }

  func read() throws -> TrainedModel { try TrainedModel(reading: path) }

  /// Whether both use the same images by default.
  func sharesImages(with other: NamedModel) -> Bool {
    datasetName == other.datasetName && classNames == other.classNames && recipe.reading == other.recipe.reading
  }

  /// Whether both can share a table and a chart: names and runs differ, and the training is the same.
  fileprivate func sharesTable(with other: NamedModel) -> Bool {
    fileStem != other.fileStem && cell.key != other.cell.key && recipe == other.recipe
      && datasetName == other.datasetName && classNames == other.classNames
  }
}
