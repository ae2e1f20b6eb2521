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

  @Test func moreImagesPassesAndPixelsNeedMore() {
    var recipe = Recipe.reduced
    let baseline = recipe.stepBytes(.baseline, classes: 20)
    #expect(recipe.stepBytes(.s3n, classes: 20) > 2 * baseline)
    recipe.batch = 32
    #expect(recipe.stepBytes(.baseline, classes: 20) > baseline)
    recipe.batch = 16
    recipe.size = 448
    #expect(recipe.stepBytes(.baseline, classes: 20) > 2 * baseline)
    recipe.normalizationGroup = 8
    let grouped = recipe.stepBytes(.baseline, classes: 20)
    recipe.normalizationGroup = nil
    #expect(recipe.stepBytes(.baseline, classes: 20) > grouped)
  }
}
