import Layers
import Models
import Testing

@testable import Experiments

/// What comparisons paired by seed rely on, besides the loader's order, which only the seed determines.
@Suite struct PairedSeedTests {
  private func backbone(_ variant: Variant, seed: UInt64) -> [String: [Float]] {
    let model = Cell(variant, seed: seed).makeModel(.tiny, classes: 3)
    let entries = ModuleState.entries(of: model).filter { $0.name.hasPrefix("features.") }
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.tensor.elements) })
  }

  @Test(arguments: Variant.all)
  func aSeedStartsEveryVariantFromTheSameBackbone(variant: Variant) {
    let expected = backbone(.baseline, seed: 3)
    #expect(!expected.isEmpty)
    #expect(backbone(variant, seed: 3) == expected)
    #expect(backbone(variant, seed: 4) != expected)
  }
}
