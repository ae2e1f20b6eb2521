import ArgumentParser
import Models
import Performance

/// The backbone and the images of a timed step.
struct NetworkOptions: ParsableArguments {
  private static let usual = StageBenchmark(model: .s3n)

  @Option(
    help: """
      Backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")) (default: \(usual.backbone.name)).
      """)
  var backbone: String?

  @Option(help: ArgumentHelp("Image height and width (default: \(usual.size)).", valueName: "pixels"))
  var size: Int?

  @Option(help: ArgumentHelp("Images per step (default: \(usual.batch)).", valueName: "count"))
  var batch: Int?

  /// These options, and whether each was given.
  var given: [(option: String, isGiven: Bool)] {
    [("--backbone", backbone != nil), ("--size", size != nil), ("--batch", batch != nil)]
  }

  /// Returns a benchmark of the named model; throws if there is no such name.
  func benchmark(of model: String) throws -> StageBenchmark {
    var benchmark = try StageBenchmark(modelNamed: model, backbone: backbone, among: ResNetConfiguration.known)
    benchmark.size = size ?? benchmark.size
    benchmark.batch = batch ?? benchmark.batch
    return benchmark
  }
}
