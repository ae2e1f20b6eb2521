import Foundation
import Layers
import Models
import Operators
import Tensors
import TestSupport
import Testing

@testable import Export

/// Checks that need no runtime; Scripts/interop compares the numbers with ONNX Runtime.
@Suite struct ExportTests {
  private static let backbone = ResNetConfiguration(name: "tiny", block: .bottleneck, layers: [1, 2, 1, 1], width: 2)

  private func s3n(_ branches: [Branch] = Branch.allCases) -> S3N {
    var configuration = S3NConfiguration(backbone: Self.backbone, classes: 4)
    configuration.branches = branches
    return S3N(configuration, initial: Initialization(seed: 0))
  }

  private func written(_ graph: ModelGraph) throws -> Data {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("graph.onnx")
      try graph.write(to: url.path, metadata: ["size": "\(graph.size)"])
      return try Data(contentsOf: url)
    }
  }

  @Test(arguments: [SamplingRule.peaks(.allPeaks), .peaks(.extremes), .identity])
  func theFirstOutputIsThePrediction(_ rule: SamplingRule) throws {
    let graph = try ModelGraph(s3n(), size: 64, sampling: rule)
    #expect(graph.outputs.map(\.name) == ["logits", "raw", "discriminative", "complementary"])
    #expect(graph.outputs.map(\.head) == [.joint, .raw, .discriminative, .complementary])
    #expect(try written(graph) == written(ModelGraph(s3n(), size: 64, sampling: rule)))
  }

  @Test func aBranchThatIsNotThereIsNotWritten() throws {
    let graph = try ModelGraph(s3n([.complementary]), size: 64, sampling: .peaks(.extremes))
    #expect(graph.outputs.map(\.name) == ["logits", "raw", "complementary"])
    #expect(try written(graph).count < written(ModelGraph(s3n(), size: 64, sampling: .peaks(.extremes))).count)
  }

  @Test func whatIsDrawnByChanceIsRefused() {
    #expect(throws: ExportError.randomSampling) {
      try ModelGraph(s3n(), size: 64, sampling: .peaks(.stochasticSplit))
    }
    #expect(throws: ExportError.control) {
      try ModelGraph(s3n(), size: 64, sampling: .randomPeaks(.extremes, seed: 1))
    }
    #expect(throws: ExportError.control) { try ModelGraph(s3n(), size: 64, sampling: .centreZoom) }
  }

  @Test func theSampleHoldsWhatTheModelSays() throws {
    let model = ResNetClassifier(Self.backbone, classes: 4, initial: Initialization(seed: 0))
    let graph = ModelGraph(model, size: 32)
    let sample = try EngineSample(model, graph, sampling: .identity, images: 2)
    #expect(sample.images.shape == [2, 3, 32, 32])
    #expect(sample.logits.map(\.name) == ["logits"] && sample.logits[0].tensor.shape == [2, 4])
    #expect(try written(graph).count > 1000)
  }
}
