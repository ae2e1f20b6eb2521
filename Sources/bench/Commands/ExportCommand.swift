import ArgumentParser
import Datasets
import Experiments
import Export
import Files
import Foundation
import Interchange
import Models
import Operators
import Tensors
import WeightFiles

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export a trained model to ONNX: a ResNet classifier, or all of S3N's inference.",
    discussion: """
      The model takes any number of images (N, 3, size, size), normalised with ImageNet's mean and standard deviation. \
      It returns the logits of the predicting head as "logits" and those of the other heads under their names. S3N \
      looks at peaks with p = 0 or p = 2.
      """)

  @OptionGroup var model: ModelOptions

  @Option(help: ArgumentHelp("ONNX file to write.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("Number of classes (default: that of the file's head).", valueName: "count"))
  var classes: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Height and width of the model's input images (default: the checkpoint's, else 448 for S3N, 224 for a ResNet).",
      valueName: "pixels"))
  var size: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("S3N's peak policy: 0 or 2 (default: as in the checkpoint's tests, else 2).", valueName: "p"))
  var p: Int?

  @Option(
    help: ArgumentHelp(
      """
      Also write some images and this program's logits for them to this .safetensors file, under the graph's names.
      """, valueName: "file"))
  var sample: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Images in the sample, from the embedded dataset's tests (default: 4).", valueName: "count"))
  var sampleImages: Int?

  @Option(
    help: ArgumentHelp(
      """
      Also write a model card to this file (README.md for a model hub): what the model is, how it was trained, and its \
      test results, if the checkpoint's output folder has them.
      """, valueName: "file"))
  var card: String?

  @Option(help: "Precision of the sample's features, stored and multiplied (default: the checkpoint's, else fp32).")
  var precision: Precision?

  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    if let size, !(32...2048).contains(size) { throw ValidationError("--size \(size): expected 32 to 2048.") }
    if let p, p != 0, p != 2 { throw ValidationError("--p \(p): expected 0 or 2; p = 1 draws at random.") }
    if let sampleImages {
      guard (1...64).contains(sampleImages) else {
        throw ValidationError("--sample-images \(sampleImages): expected 1 to 64.")
      }
      guard sample != nil else { throw ValidationError("--sample-images needs --sample FILE.") }
    }
    if precision != nil, sample == nil { throw ValidationError("--precision needs --sample FILE.") }
  }

  func run() throws {
    try threads.apply()
    let files = [("--out", out), ("--sample", sample), ("--card", card)]
    for case (let option, let path?) in files {
      _ = try outputFile(path, option: option, apartFrom: [model.checkpoint])
    }
    try requireDifferent(files)
    let trained = try model.read(classes: classes).tested(precision: precision)
    complain("\(trained.path): \(trained.report.summary)")
    let count = sample == nil ? 0 : sampleImages ?? 4
    try trained.requireExportMemory(images: count, size: size ?? trained.recipe.size)
    let (graph, sampling) = try graph(of: trained)
    try graph.write(to: out, metadata: try metadata(trained, graph, sampling))
    print("Wrote \(out): \(title(trained, sampling)), \(trained.classes) classes, \(graph.size) x \(graph.size) pixels")
    if let card {
      let text = try ModelCard(of: trained, graph, sampling: sampling, title: title(trained, sampling), file: out)
        .markdown
      try writeWhole(Array(text.utf8), to: card, failingAs: WeightFileError.self)
      print("Wrote \(card): the model card")
    }
    guard let sample else { return }
    let known = try EngineSample(trained.network.classifier, graph, sampling: sampling, images: count)
    try known.write(to: sample)
    print("Wrote \(sample): \(known.images.shape[0]) images and this program's logits for them")
  }

  private func graph(of trained: TrainedModel) throws -> (ModelGraph, SamplingRule) {
    switch trained.network {
    case .resnet(let model):
      guard p == nil else { throw ValidationError("--p \(p ?? 0): a plain ResNet has no peaks: leave --p out.") }
      return (ModelGraph(model, size: size ?? trained.recipe.size), .identity)
    case .s3n(let model):
      let sampling = p.flatMap(PeakPolicy.init(p:)).map(SamplingRule.peaks) ?? trained.sampling
      return (try ModelGraph(model, size: size ?? trained.recipe.size, sampling: sampling), sampling)
    }
  }

  private func title(_ trained: TrainedModel, _ sampling: SamplingRule) -> String {
    switch (trained.network, sampling) {
    case (.resnet, _): trained.backbone.name
    case (.s3n, .peaks(let policy)): "S3N on \(trained.backbone.name), p = \(policy.p)"
    case (.s3n, _): "S3N on \(trained.backbone.name), nowhere enlarged"
    }
  }

  private func metadata(
    _ trained: TrainedModel, _ graph: ModelGraph, _ sampling: SamplingRule
  ) throws -> [String: String] {
    var metadata = [
      "model": title(trained, sampling), "backbone": trained.backbone.name, "size": "\(graph.size)",
      "mean": text(Normalization.imageNet.mean), "deviation": text(Normalization.imageNet.deviation),
    ]
    if let names = trained.classNames {
      metadata["class_names"] = String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
    }
    return metadata
  }

  private func text(_ channels: SIMD3<Float>) -> String { "\(channels[0]) \(channels[1]) \(channels[2])" }
}
