import ArgumentParser
import Experiments
import Tensors

/// How a trained model is tested, where that differs from its own tests.
struct TestOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Height and width of the model's input images (default: the checkpoint's, else 448 for S3N, 224 for a ResNet).",
      valueName: "pixels"))
  var size: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Height and width of test images before the centre crop (default: the checkpoint's, else 75/56 of the size).",
      valueName: "pixels"))
  var testResize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "S3N's peak policy: 0, 1 or 2 (default: as in the checkpoint's tests, else 2).", valueName: "p"))
  var p: Int?

  @Option(help: "Precision in which features are stored and multiplied (default: the checkpoint's, else fp32).")
  var precision: Precision?

  /// Returns the model with these test settings; throws `invalidValue`.
  func applied(to model: TrainedModel) throws(ExperimentError) -> TrainedModel {
    try model.tested(size: size, testResize: testResize, p: p, precision: precision)
  }
}
