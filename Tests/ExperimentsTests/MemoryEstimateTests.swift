import Datasets
import Limits
import Models
import Records
import Tensors
import Testing

@testable import Experiments

@Suite struct MemoryEstimateTests {
  @Test func estimatesAreNearWhatWasMeasured() {
    // Resident memory of `bench train --recipe reduced --epochs 2`, in bytes.
    for (variant, measured) in [(Variant.baseline, 1.10e9), (.s3n, 1.72e9)] {
      let estimate = Double(Recipe.reduced.stepBytes(variant, classes: 20))
      #expect((0.75...1.25).contains(estimate / measured), "\(variant.name): \(estimate)")
    }
    // The same for a training whose weights need more memory than its images.
    var recipe = Recipe.reduced
    (recipe.size, recipe.batch) = (96, 8)
    #expect((0.75...1.25).contains(Double(recipe.stepBytes(.baseline, classes: 2)) / 0.71e9))
  }

  @Test func estimatesOfTestsAreNearWhatWasMeasured() {
    // Resident memory of `bench evaluate` with two classes, in bytes.
    let measured: [(ResNetConfiguration, Variant, Int, Double)] = [
      (.resnet18, .baseline, 224, 0.50e9), (.resnet18, .baseline, 448, 0.95e9), (.resnet18, .baseline, 896, 2.67e9),
      (.resnet18, .s3n, 448, 1.06e9), (.resnet50, .baseline, 448, 1.46e9), (.resnet50, .s3n, 448, 2.57e9),
    ]
    for (backbone, variant, size, bytes) in measured {
      var recipe = Recipe.paper
      (recipe.backbone, recipe.size) = (backbone, size)
      let estimate = Double(recipe.testBytes(variant, classes: 2))
      #expect((0.75...1.25).contains(estimate / bytes), "\(variant.name) on \(backbone.name) at \(size): \(estimate)")
    }
  }

  @Test func anExportThatCannotFitIsRefused() throws {
    var recipe = Recipe.paper
    recipe.backbone = .resnet18
    // Resident memory of `bench export`, minus that of `bench --version`.
    #expect((0.75...1.25).contains(Double(recipe.exportBytes(.baseline, classes: 16)) / 0.207e9))
    let limits = [MemoryLimit(bytes: 150 << 20, source: .controlGroup), MemoryLimit(bytes: 150 << 20)]
    for (limit, advice) in zip(limits, ["150 MiB: raise that limit.", "150 MiB: use a machine with more."]) {
      let error = #expect(throws: ExperimentError.self) {
        try recipe.requireExportMemory(for: .baseline, classes: 16, of: limit)
      }
      #expect(error?.description.hasSuffix(advice) == true)
    }
    try recipe.requireExportMemory(for: .baseline, classes: 16, of: MemoryLimit(bytes: 1 << 30))
    (recipe.batch, recipe.size) = (64, 2048)
    let error = #expect(throws: ExperimentError.self) {
      try recipe.requireTestMemory(.sample, for: .baseline, classes: 16, of: MemoryLimit(bytes: 1 << 30))
    }
    #expect(error?.description.contains("choose fewer --sample-images or a smaller --size.") == true)
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

  @Test func imagesThatAreKeptDecodedCount() throws {
    func refusal(_ cachedBytes: Int, of available: Int) -> String? {
      do throws(ExperimentError) {
        try Recipe.reduced.requireMemory(
          for: .s3n, classes: 200, cachedBytes: cachedBytes, of: MemoryLimit(bytes: available))
        return nil
      } catch { return error.description }
    }
    #expect(refusal(0, of: 8 << 30) == nil && refusal(6 << 30, of: 8 << 30) == nil)
    let kept = try #require(refusal(7 << 30, of: 8 << 30))
    #expect(kept.contains("plus up to 7.0 GiB for --cache-images") && kept.contains("this machine has 8.0 GiB"))
    #expect(kept.contains("choose a smaller --cache-images."))
    #expect(refusal(1 << 20, of: 1 << 30)?.contains("choose a smaller --bn-batch, --batch") == true)

    let plan = try AblationPlan(dataset: "tiny", recipe: .tiny, variants: [.baseline])
    try Ablation(plan, on: .tiny().cachingImages(within: 1 << 20)).validate()
    let error = #expect(throws: ExperimentError.self) {
      try Ablation(plan, on: .tiny().cachingImages(within: 1 << 49)).validate()
    }
    #expect(error?.fault == .usage && error?.description.contains("--cache-images") == true)
  }
}
