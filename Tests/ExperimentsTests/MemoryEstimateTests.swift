import Datasets
import Models
import Records
import Tensors
import Testing

@testable import Experiments

@Suite struct MemoryEstimateTests {
  @Test func parametersAreCountedWell() {
    for backbone in ResNetConfiguration.all {
      let counted = ResNet(backbone, by: .init(seed: 0)).parameters.reduce(0) { $0 + $1.value.count }
      let estimated = backbone.weightCount
      #expect(abs(Double(estimated) / Double(counted) - 1) < 0.02, "\(backbone.name): \(counted), \(estimated)")
      if backbone == .resnet34 { break }
    }
  }

  @Test func estimatesAreNearWhatWasMeasured() {
    // Resident memory of `bench train --recipe reduced`, in bytes.
    for (variant, measured) in [(Variant.baseline, 1.1e9), (.s3n, 1.8e9)] {
      let estimate = Double(Recipe.reduced.stepBytes(variant, classes: 20))
      #expect((0.75...1.25).contains(estimate / measured), "\(variant.name): \(estimate)")
    }
  }

  @Test func moreImagesPassesAndPixelsNeedMore() {
    var recipe = Recipe.reduced
    let baseline = recipe.stepBytes(.baseline, classes: 20)
    #expect(recipe.stepBytes(.s3n, classes: 20) > baseline * 3 / 2)
    recipe.batch = 32
    #expect(recipe.stepBytes(.baseline, classes: 20) > baseline)
    recipe.batch = 16
    recipe.size = 448
    #expect(recipe.stepBytes(.baseline, classes: 20) > baseline * 3 / 2)
    recipe.normalizationGroup = 8
    let grouped = recipe.stepBytes(.baseline, classes: 20)
    recipe.normalizationGroup = nil
    #expect(recipe.stepBytes(.baseline, classes: 20) > grouped)
  }
}
