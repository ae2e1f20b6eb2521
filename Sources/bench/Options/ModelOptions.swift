import ArgumentParser
import Experiments
import Models

/// A trained model in a file.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A checkpoint of train, or a whole state dict of torchvision's ResNets or of the released code: .safetensors or .pth.",
      valueName: "file"))
  var checkpoint: String

  @Option(help: "What the file holds (default: what it looks like).")
  var model: TrainedModel.Expectation.Kind?

  @Option(
    help:
      "The backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")) (default: what it looks like).")
  var backbone: String?

  /// Reads the file; `classes` is the number that its head must tell apart, if that is known.
  func read(classes: Int? = nil) throws -> TrainedModel {
    var expectation = TrainedModel.Expectation()
    (expectation.kind, expectation.backbone, expectation.classes) = (model, backbone, classes)
    return try TrainedModel(reading: checkpoint, expecting: expectation)
  }
}

extension TrainedModel.Expectation.Kind: ExpressibleByArgument {}
