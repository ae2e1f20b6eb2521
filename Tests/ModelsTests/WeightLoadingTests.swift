import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing
import WeightFiles

@Suite struct WeightLoadingTests {
  private func stored(_ entries: [(name: String, tensor: Tensor)]) -> [StoredTensor] {
    entries.map { StoredTensor(name: $0.name, $0.tensor) }
  }

  private func load(
    _ tensors: [StoredTensor], into model: some Module, _ strictness: ModuleState.Strictness
  ) throws -> WeightLoadReport {
    try ModuleState.load(tensors, path: "test.safetensors", into: model, modelName: "tiny", strictness: strictness)
  }

  @Test func aStateGoesOutAndComesBackUnchanged() throws {
    let first = Tiny.s3n(seed: 1)
    let second = Tiny.s3n(seed: 2)
    let report = try load(stored(ModuleState.entries(of: first)), into: second, .strict)
    #expect(report.absent.isEmpty && report.wrongShape.isEmpty && report.unused.isEmpty)
    for (a, b) in zip(ModuleState.entries(of: first), ModuleState.entries(of: second)) {
      #expect(a.name == b.name && a.tensor.shape == b.tensor.shape && a.tensor.elements == b.tensor.elements)
    }
    let images = Tiny.images(2)
    #expect(
      first.predict(images, Tiny.context())[.joint]?.elements
        == second.predict(images, Tiny.context())[.joint]?.elements)
  }

  @Test func convolutionsHavePyTorchsLayoutOutside() throws {
    let entry = try #require(ModuleState.entries(of: Tiny.s3n()).first { $0.name == "features.0.weight" })
    #expect(entry.tensor.shape == [4, 3, 7, 7])
  }

  @Test func torchvisionsNamesAreUnderstoodAndPartsReported() throws {
    let model = Tiny.s3n()
    let tensors = stored([
      ("conv1.weight", Tensor(repeating: 2, shape: [4, 3, 7, 7])),
      ("layer1.0.bn1.bias", Tensor(repeating: 3, shape: [4])),
      ("fc.weight", Tensor(repeating: 1, shape: [1000, 32])),
      ("bn1.num_batches_tracked", Tensor(repeating: 1, shape: [])),
    ])
    let report = try load(tensors, into: model, .partial)
    #expect(Set(report.loaded) == ["features.0.weight", "features.4.0.bn1.bias"])
    #expect(report.unused == ["fc.weight"])
    #expect(report.ignored.map(\.name) == ["features.1.num_batches_tracked"])
    #expect(report.absent.contains("features.1.weight"))
    #expect(model.parameters.first { $0.name == "features.0.weight" }?.value.elements.allSatisfy { $0 == 2 } == true)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func weightsThatAreNotFiniteAreRefusedAndChangeNothing(
    _ value: Float
  ) throws {
    let model = Tiny.s3n()
    let before = ModuleState.entries(of: model).map(\.tensor.elements)
    for name in ["features.0.weight", "features.1.running_mean", "con_classifier.bias", "radius.scale"] {
      let entries = ModuleState.entries(of: Tiny.s3n(seed: 2)).map { entry in
        var tensor = entry.tensor
        if entry.name == name { tensor[0] = value }
        return (name: entry.name, tensor: tensor)
      }
      let error = #expect(throws: ModelError.self) { try load(stored(entries), into: model, .strict) }
      let kind = value.isNaN ? "1 NaN" : "1 infinite"
      #expect(error?.description.contains("\(name) (\(kind)). Its training diverged") == true)
    }
    #expect(ModuleState.entries(of: model).map(\.tensor.elements) == before)
  }

  @Test func aNegativeVarianceIsRefusedAndWhatIsNotUsedMayBeAnything() throws {
    let variance = stored([("bn1.running_var", Tensor([1, -1e-3, 1, 1], shape: [4]))])
    let error = #expect(throws: ModelError.self) { try load(variance, into: Tiny.s3n(), .partial) }
    #expect(error?.description.contains("bn1.running_var (1 negative variances)") == true)
    #expect(throws: ModelError.self) {
      try ModuleState.requireFinite(variance, path: "a.pth", for: Tiny.backbone.stateDictEntries)
    }
    let unused = stored([("bn1.bias", .zeros([4])), ("fc.weight", Tensor([.nan], shape: [1]))])
    _ = try load(unused, into: Tiny.s3n(), .partial)
    try ModuleState.requireFinite(unused, path: "a.pth", for: Tiny.backbone.stateDictEntries)
  }

  @Test func messagesNameTheFilesOwnNames() throws {
    var tensors = stored(
      ModuleState.entries(of: ResNetClassifier(Tiny.backbone, classes: 3, initial: Initialization(seed: 0))))
    let stages = [
      "features.0.": "conv1.", "features.1.": "bn1.", "features.4.": "layer1.", "features.5.": "layer2.",
      "features.6.": "layer3.", "features.7.": "layer4.",
    ]
    try withTemporaryFolder { folder in
      tensors = tensors.map { tensor in
        let stage = stages.first { tensor.name.hasPrefix($0.key) }
        return tensor.renamed("net." + (stage.map { $0.value + tensor.name.dropFirst($0.key.count) } ?? tensor.name))
      }
      let path = folder.appendingPathComponent("a.safetensors").path
      try writeSafetensors(tensors, metadata: [:], to: path)
      let dict = try WeightFile(reading: path).networkState()
      let slots = Tiny.backbone.classifierEntries(classes: 3)
      #expect(WeightLoadReport(of: dict.tensors, for: slots).loaded.count == slots.count)
      for (name, own) in [
        ("features.5.0.conv2.weight", "net.layer2.0.conv2.weight"), ("features.5.0.bn1.bias", "net.layer2.0.bn1.bias"),
        ("classifier.bias", "net.classifier.bias"),
      ] {
        let others = dict.tensors.filter { ModuleState.releasedName($0.name) != name }
        #expect {
          try ModuleState.requireAll(others, path: path, for: slots, modelName: "tiny", among: [Tiny.backbone])
        } throws: { "\($0)".contains("\(name) (\(own) in the file's names) is absent") }
      }
      let wide = Tiny.backbone.classifierEntries(classes: 4)
      #expect {
        try ModuleState.requireAll(dict.tensors, path: path, for: wide, modelName: "tiny", among: [Tiny.backbone])
      } throws: {
        "\($0)".contains("(net.classifier.weight in the file's names) has the shape [3, 32], expected [4, 32]")
      }
    }
  }

  @Test func weightsOfAnotherNetworkAreRefusedAndChangeNothing() {
    let model = Tiny.s3n()
    let before = ModuleState.entries(of: model).map(\.tensor.elements)
    let wrongShape = stored([("conv1.weight", Tensor(repeating: 2, shape: [64, 3, 7, 7]))])
    let foreign = stored([("encoder.weight", Tensor(repeating: 2, shape: [4]))])
    #expect(throws: ModelError.self) { try load(wrongShape, into: model, .partial) }
    #expect(throws: ModelError.self) { try load(foreign, into: model, .partial) }
    #expect(throws: ModelError.self) {
      try load(stored([("bn1.weight", Tensor(repeating: 2, shape: [4]))]), into: model, .strict)
    }
    #expect(ModuleState.entries(of: model).map(\.tensor.elements) == before)
  }

  @Test(arguments: [
    (ResNetConfiguration.resnet18, 11_176_512), (.resnet34, 21_284_672), (.resnet50, 23_508_032),
    (.resnet101, 42_500_160), (.resnet152, 58_143_808),
  ]) func backbonesHaveTorchvisionsSizes(_ configuration: ResNetConfiguration, _ parameters: Int) {
    let model = ResNet(configuration, by: Initialization(seed: 0))
    #expect(model.parameters.reduce(0) { $0 + $1.value.count } == parameters)
  }
}
