import ArgumentParser
import Experiments
import Models

/// A trained model in a file.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Checkpoint of bench train, or full state dict of a torchvision ResNet or the released code, .safetensors or "
        + ".pth.",
      valueName: "file"))
  var checkpoint: String

  @Option(help: "Model type in the file (default: detected).")
  var model: TrainedModel.Expectation.Kind?

  @Option(
    help:
      "Backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")) (default: detected).")
  var backbone: String?

  /// Reads the file; `classes` is the number of classes that its head must have, if known.
  func read(classes: Int? = nil) throws -> TrainedModel {
    var expectation = TrainedModel.Expectation()
    (expectation.kind, expectation.backbone, expectation.classes) = (model, backbone, classes)
    return try TrainedModel(reading: checkpoint, expecting: expectation)
  }
}

extension TrainedModel.Expectation.Kind: ExpressibleByArgument {}
