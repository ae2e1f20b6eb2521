@testable import Experiments
import Layers
import Models
import Parity
import Tensors
import WeightFiles
import TestSupport

extension FuzzTarget {
  /// Guesses the kind of network, and reports what would be loaded, from files of a small network.
  static func guess(_ folder: TemporaryFolder) throws -> FuzzTarget {
    let backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 1)
    let tensors = backbone.classifierEntries(classes: 2).map { StoredTensor(name: "net." + $0.name, .zeros($0.shape)) }
    let path = folder.path("tiny.safetensors")
    try writeSafetensors(tensors, metadata: [:], to: path)
    return FuzzTarget(samples: [try bytes(path)], mayThrow: { $0 is WeightFileError }) { path in
      let tensors = try WeightFile(reading: path).networkState().tensors
      let guess = NetworkGuess(of: tensors, among: [backbone] + ResNetConfiguration.all)
      _ = guess?.summary
      let slots = (guess?.backbone ?? backbone).classifierEntries(classes: 2)
      let report = WeightLoadReport(of: guess?.namingHead(of: tensors) ?? tensors, for: slots)
      for name in report.absent.prefix(3) { _ = report.fullName(name) }
    }
  }

  /// Checkpoints of a small network, with everything that they record about their training.
  static func checkpoint(_ folder: TemporaryFolder) throws -> FuzzTarget {
    var recipe = Recipe.quick
    recipe.backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1], width: 1)
    let metadata = CheckpointMetadata(
      recipe: recipe, cell: Cell(.s3n, seed: 0), epoch: 3, dataset: "birdlets", classes: "1-2", classNames: ["a", "b"])
    let model = metadata.cell.makeModel(recipe, classes: 2)
    let path = folder.path("checkpoint.safetensors")
    try writeSafetensors(ModuleState.entries(of: model), metadata: metadata.strings(), to: path)
    return FuzzTarget(
      samples: [try bytes(path)],
      mayThrow: { $0 is WeightFileError || $0 is ExperimentError || $0 is ModelError }
    ) { path in
      let model = try TrainedModel(reading: path)
      _ = (
        model.recipe.testTransform,
        model.recipe.resolved(for: .init(name: "", version: "", classes: []), initialWeights: nil)
      )
    }
  }

  /// Golden bundles without the tensors that only serve for comparison.
  static func goldenBundle(_ folder: TemporaryFolder) throws -> FuzzTarget {
    let golden = try SafetensorsFile(reading: Fixtures.path("resnet-bf16-train.safetensors", of: "ParityTests/Golden"))
    let path = folder.path("bundle.safetensors")
    try writeSafetensors(
      golden.entries.filter { $0.name.hasPrefix("input.") }, metadata: golden.metadata, to: path)
    return FuzzTarget(samples: [try bytes(path)], mayThrow: { $0 is WeightFileError || $0 is ParityError }) { path in
      _ = try GoldenBundle(reading: path)
    }
  }
}
