import ArgumentParser
import Models
import Performance

/// The backbone and the images of a step that is timed.
struct NetworkOptions: ParsableArguments {
  private static let usual = StageBenchmark(model: .s3n)

  @Option(
    help: """
      The backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")) (default: \(usual.backbone.name)).
      """)
  var backbone: String?

  @Option(help: ArgumentHelp("Height and width of the images.", valueName: "pixels"))
  var size = NetworkOptions.usual.size

  @Option(help: ArgumentHelp("Images a step.", valueName: "count"))
  var batch = NetworkOptions.usual.batch

  /// A benchmark of the model by name; throws for names that there are not.
  func benchmark(of model: String) throws -> StageBenchmark {
    var benchmark = try StageBenchmark(modelNamed: model, backbone: backbone, among: ResNetConfiguration.known)
    (benchmark.size, benchmark.batch) = (size, batch)
    return benchmark
  }
}
