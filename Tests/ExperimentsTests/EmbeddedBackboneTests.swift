import Foundation
import Hashing
import Layers
import Models
import Testing
import WeightFiles

@testable import Experiments

@Suite struct EmbeddedBackboneTests {
  /// The output of `Scripts/pretrain`; replacing it requires a new version of the recipe quick.
  @Test func itsFingerprintIsKnown() throws {
    #expect(Recipe.quick.version == 2)
    #expect(
      try SHA256.digits(of: Data(EmbeddedBackbone.bytes))
        == "99d3848b73c980db30ea82b2c1c4bb293336da5a368490648cb99bf90f082b59")
    #expect(EmbeddedBackbone.bytes.count < 1_000_000)
  }

  @Test func itFillsTheWholeBackboneAndNoHead() throws {
    let weights = try InitialWeights.embedded()
    #expect(weights.label.hasPrefix("birdlets-backbone.safetensors:"))
    let model = ResNetClassifier(Recipe.quick.backbone, classes: 16, initial: Initialization(seed: 1))
    let report = try weights.load(into: model)
    #expect(report.absent == ["classifier.weight", "classifier.bias"] && report.unused.isEmpty)
    #expect(report.loaded.count == Recipe.quick.backbone.stateDictEntries.count)
  }

  @Test func anotherBackboneStartsFromScratch() throws {
    #expect(Recipe.quick.startsPretrained && !Recipe.reduced.startsPretrained && !Recipe.paper.startsPretrained)
    var overrides = RecipeOverrides()
    overrides.backbone = "resnet18"
    #expect(try !Recipe.quick.applying(overrides).startsPretrained)
    overrides.backbone = Recipe.quick.backbone.name
    #expect(try Recipe.quick.applying(overrides).startsPretrained)
  }
}
