import Datasets
import Layers
import Models
import Tensors
import WeightFiles

/// A trained model on disk: its state dict under the released code's names, and all metadata needed to rebuild and test
/// it. A second file next to it holds the optimiser's velocities.
public struct Checkpoint {
  public let model: any ImageClassifier
  public let report: WeightLoadReport
  private let metadata: CheckpointMetadata

  public var recipe: Recipe { metadata.recipe }
  public var cell: Cell { metadata.cell }
  /// The dataset that it was trained on, and the selected classes; nil for all.
  public var dataset: (name: String, classes: String?) { (metadata.dataset, metadata.classes) }
  public var classNames: [String] { metadata.classNames }
  /// The last epoch of its training, from 0.
  public var epoch: Int { metadata.epoch }

  /// Reads a checkpoint and builds its model; throws `ExperimentError`, `WeightFileError` and `ModelError`.
  public init(reading path: String) throws {
    try self.init(WeightFile(reading: path), path: path)
  }

  init(_ file: WeightFile, path: String) throws {
    metadata = try CheckpointMetadata(file.metadata, path: path)
    let (recipe, cell) = (metadata.recipe, metadata.cell)
    let name = "\(cell.variant.name) on \(recipe.backbone.name)"
    let slots = cell.stateDictEntries(recipe, classes: metadata.classNames.count)
    do {
      try ModuleState.requireAll(file.tensors, path: path, for: slots, modelName: name)
    } catch {
      throw ExperimentError.foreignCheckpoint(path: path, reason: "as \(name), \(error.reason)")
    }
    model = cell.makeModel(recipe, classes: metadata.classNames.count)
    report = try ModuleState.load(
      file.tensors, path: path, into: model, modelName: name, strictness: .strict, among: ResNetConfiguration.known)
  }

  /// Whether the metadata of a weight file is that of a checkpoint.
  static func isOne(_ metadata: [String: String]) -> Bool { CheckpointMetadata.isPresent(in: metadata) }

  /// Writes the current state of `trainer`, each of the two files atomically.
  static func write(_ trainer: Trainer, epoch: Int, dataset: Dataset, classes: String?, to path: String) throws {
    let metadata = try CheckpointMetadata(
      recipe: trainer.recipe, cell: trainer.cell, epoch: epoch, dataset: dataset.name, classes: classes,
      classNames: dataset.classNames
    ).strings()
    try writeSafetensors(ModuleState.entries(of: trainer.model), metadata: metadata, to: path)
    try writeSafetensors(velocities(of: trainer), metadata: metadata, to: optimizerPath(of: path))
  }

  /// The file with the velocities of a checkpoint.
  static func optimizerPath(of path: String) -> String {
    let ending = ".safetensors"
    return (path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : path) + ".optimizer" + ending
  }

  /// The velocities under their parameters' names, in PyTorch's layout.
  private static func velocities(of trainer: Trainer) -> [(name: String, tensor: Tensor)] {
    let parameters = Dictionary(uniqueKeysWithValues: trainer.model.parameters.map { ($0.name, $0) })
    return trainer.optimizer.velocities.compactMap { name, velocity in
      parameters[name].map { (name, ModuleState.exported(velocity, $0)) }
    }
  }
}
