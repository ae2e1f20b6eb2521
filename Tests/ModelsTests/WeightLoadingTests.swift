import Foundation
import Layers
import Models
import Tensors
import Testing
import WeightFiles

@Suite struct WeightLoadingTests {
  private func stored(_ entries: [(name: String, tensor: Tensor)]) -> [StoredTensor] {
    entries.map { StoredTensor(name: $0.name, $0.tensor) }
  }

  private func load(
    _ tensors: [StoredTensor], into model: some Module, _ demand: ModuleState.Demand
  ) throws -> WeightLoadReport {
    try ModuleState.load(tensors, path: "test.safetensors", into: model, modelName: "tiny", demand: demand)
  }

  @Test func aStateGoesOutAndComesBackUnchanged() throws {
    let first = Tiny.s3n(seed: 1)
    let second = Tiny.s3n(seed: 2)
    let report = try load(stored(ModuleState.entries(of: first)), into: second, .all)
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
    let report = try load(tensors, into: model, .whatThereIs)
    #expect(Set(report.loaded) == ["features.0.weight", "features.4.0.bn1.bias"])
    #expect(report.unused == ["fc.weight"])
    #expect(report.ignored.map(\.name) == ["features.1.num_batches_tracked"])
    #expect(report.absent.contains("features.1.weight"))
    #expect(model.parameters.first { $0.name == "features.0.weight" }?.value.elements.allSatisfy { $0 == 2 } == true)
  }

  @Test func weightsOfAnotherNetworkAreRefusedAndChangeNothing() {
    let model = Tiny.s3n()
    let before = ModuleState.entries(of: model).map(\.tensor.elements)
    let wrongShape = stored([("conv1.weight", Tensor(repeating: 2, shape: [64, 3, 7, 7]))])
    let foreign = stored([("encoder.weight", Tensor(repeating: 2, shape: [4]))])
    #expect(throws: ModelError.self) { try load(wrongShape, into: model, .whatThereIs) }
    #expect(throws: ModelError.self) { try load(foreign, into: model, .whatThereIs) }
    #expect(throws: ModelError.self) {
      try load(stored([("bn1.weight", Tensor(repeating: 2, shape: [4]))]), into: model, .all)
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
