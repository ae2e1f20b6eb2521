import Datasets
import Layers
import Limits
import Models
import Operators
import Testing

@testable import Experiments

@Suite struct RecipeTests {
  @Test func paperIsTheReleasedConfiguration() {
    let paper = Recipe.paper
    #expect(paper.backbone == .resnet50 && paper.size == 448 && paper.testResize == 600 && paper.batch == 16)
    #expect(paper.learningRate == 0.001 && paper.momentum == 0.9 && paper.weightDecay == 1e-4)
    #expect(paper.groups == SGD.Group.released && paper.cropScale == 0.5...1 && paper.normalizationGroup == 8)
    #expect(Float(paper.keep) == CrossEntropy.smoothedKeep && Float(paper.floor) == SparseAttention.defaultFloor)
    let sampling = paper.schedule(for: .s3n)
    #expect(sampling.epochs == 60)
    // update_lr adds one to the index before it compares it with the configuration's 40 and 20.
    #expect(sampling.learningRateFactor(epoch: 38) == 1 && sampling.learningRateFactor(epoch: 39) == 0.1)
    #expect(sampling.trainingPolicy(epoch: 20) == .allPeaks && sampling.trainingPolicy(epoch: 21) == .stochasticSplit)
    #expect(sampling.testPolicy(epoch: 20) == .stochasticSplit && sampling.testPolicy(epoch: 21) == .extremes)
    let baseline = paper.schedule(for: .baseline)
    #expect(baseline.epochs == 30)
    #expect(baseline.learningRateFactor(epoch: 18) == 1 && baseline.learningRateFactor(epoch: 19) == 0.1)
  }

  @Test func reducedIsWhatTheReferenceRunUsed() {
    let reduced = Recipe.reduced
    #expect(reduced.backbone == .resnet18 && reduced.size == 224 && reduced.testResize == 300 && reduced.batch == 16)
    let schedule = reduced.schedule(for: .s3n)
    #expect(schedule == reduced.schedule(for: .baseline))
    #expect((schedule.epochs, schedule.decayEpoch, schedule.splitEpoch) == (12, 8, 4))
  }

  @Test func anotherNumberOfEpochsStretchesTheSchedule() throws {
    var overrides = RecipeOverrides()
    overrides.epochs = 6
    let recipe = try Recipe.reduced.applying(overrides)
    let schedule = recipe.schedule(for: .s3n)
    #expect((schedule.epochs, schedule.decayEpoch, schedule.splitEpoch) == (6, 4, 2))
    #expect(recipe.overridesText == "epochs=6")
  }

  @Test func overridesAreNotedInOrderAndOnlyWhereTheyChangeSomething() throws {
    var overrides = RecipeOverrides()
    overrides.size = 128
    overrides.backbone = "resnet34"
    overrides.batch = 16
    overrides.epochs = 12
    overrides.smoothing = "direct"
    let recipe = try Recipe.reduced.applying(overrides)
    #expect(recipe.overridesText == "backbone=resnet34 size=128 smoothing=direct")
    #expect(recipe.testResize == 171)
    #expect(try recipe.applying(overrides).overridesText == recipe.overridesText)
  }

  /// fp32 leaves no trace, so the output of earlier versions stays equal to the current output.
  @Test func precisionIsNotedWhereItIsNotFP32() throws {
    var overrides = RecipeOverrides()
    overrides.precision = .bf16
    let recipe = try Recipe.reduced.applying(overrides)
    #expect(recipe.precision == .bf16 && recipe.overridesText == "precision=bf16")
    #expect(recipe.values["precision"] == .text("bf16"))
    overrides.precision = .fp32
    #expect(try recipe.applying(overrides) == .reduced)
    #expect(Recipe.reduced.precision == .fp32 && Recipe.reduced.values["precision"] == nil)
    #expect(Cell(.s3n, seed: 0).makeModel(recipe, classes: 3).precision == .bf16)
  }

  @Test(arguments: [0, -1, 5000]) func nonsenseSizesAreRefused(_ value: Int) {
    for property in [\RecipeOverrides.size, \.batch, \.epochs] {
      var overrides = RecipeOverrides()
      overrides[keyPath: property] = value
      if property == \.epochs && value == 5000 { continue }
      #expect(throws: ExperimentError.self) { try Recipe.reduced.applying(overrides) }
    }
  }

  @Test(arguments: [0, -0.1, .nan, .infinity, 1e9]) func nonsenseRatesAreRefused(_ rate: Double) {
    var overrides = RecipeOverrides()
    overrides.learningRate = rate
    #expect(throws: ExperimentError.self) { try Recipe.reduced.applying(overrides) }
  }

  @Test func unknownNamesGetTheNearestOne() {
    #expect {
      _ = try Recipe.named("papper")
    } throws: {
      "\($0)" == "There is no recipe \"papper\". Known: paper, reduced, quick, pretraining; did you mean \"paper\"?"
    }
    #expect { _ = try Variant.named("s3") } throws: { "\($0)".contains("did you mean \"s3n\"") }
    #expect { _ = try ResNetConfiguration.named("resnet51") } throws: { "\($0)".contains("did you mean \"resnet50\"") }
    #expect { _ = try Variant.s3n(p: "3") } throws: { "\($0)".contains("expected 0, 1 or 2") }
  }

  @Test func everyValueOfTheRecipeHasAnOption() throws {
    var overrides = RecipeOverrides()
    (overrides.momentum, overrides.weightDecay) = (0.8, 1e-3)
    (overrides.keep, overrides.floor, overrides.cropScale) = (0.9, 0.2, 0.3...0.8)
    (overrides.learningRateStep, overrides.splitStep, overrides.testResize) = (6, 2, 256)
    overrides.normalizationGroup = 4
    let recipe = try Recipe.reduced.applying(overrides)
    #expect(
      recipe.overridesText
        == "bn-batch=4 crop-scale=0.3-0.8 floor=0.2 label-share=0.9 lr-step=6 momentum=0.8 p-step=2 test-resize=256 weight-decay=0.001"
    )
    #expect(recipe.testTransform == .resizeCentreCrop(resize: 256, crop: 224))
    #expect(recipe.trainTransform == .randomResizedCrop(size: 224, scale: 0.3...0.8))
    #expect(recipe.schedule(for: .s3n) == Schedule(epochs: 12, decayEpoch: 6, splitEpoch: 2))
    // The recipe's own value next to another override.
    (overrides.testResize, overrides.normalizationGroup) = (Recipe.reduced.testResize, nil)
    #expect(try Recipe.reduced.applying(overrides).cropScale == 0.3...0.8)
    // In the middle of the baseline's schedule, however long it is.
    overrides = RecipeOverrides()
    overrides.learningRateStep = 30
    #expect(try Recipe.paper.applying(overrides).schedule(for: .baseline).decayEpoch == 15)
  }

  @Test func nonsenseOfEveryValueIsRefused() {
    let nonsense: [(inout RecipeOverrides) -> Void] = [
      { $0.momentum = 1 }, { $0.momentum = .nan }, { $0.weightDecay = -1 }, { $0.keep = 1.5 }, { $0.floor = 0 },
      { $0.cropScale = 0...1 }, { $0.cropScale = 0.5...2 }, { $0.learningRateStep = 0 }, { $0.learningRateStep = 13 },
      { $0.splitStep = -1 }, { $0.testResize = 100 }, { $0.normalizationGroup = 0 },
    ]
    for (index, change) in nonsense.enumerated() {
      var overrides = RecipeOverrides()
      change(&overrides)
      #expect(throws: ExperimentError.self, "case \(index)") { try Recipe.reduced.applying(overrides) }
    }
  }

  @Test func theLongBaselineHasAsManyPassesAsS3N() {
    for recipe in Recipe.all {
      let passes = { (variant: Variant) in variant.passes * recipe.schedule(for: variant).epochs }
      #expect(passes(.baselineLong) == passes(.s3n), "\(recipe.name)")
    }
    #expect(Recipe.paper.schedule(for: .baselineLong) == Schedule(epochs: 180, decayEpoch: 114, splitEpoch: 180))
  }

  @Test func batchesSplitAsDataParallelSplitsThem() {
    func sizes(_ recipe: Recipe, _ images: Int) -> [Int] {
      let groups = normalizationGroups(of: images, largest: recipe.normalizationGroup)
      #expect(groups.flatMap(Array.init) == Array(0..<images))
      return groups.map(\.count)
    }
    #expect(sizes(.paper, 16) == [8, 8])
    #expect(sizes(.paper, 10) == [5, 5])
    #expect(sizes(.paper, 9) == [5, 4])
    #expect(sizes(.paper, 3) == [3])
    #expect(sizes(.reduced, 16) == [16])
  }

  @Test func aStepThatCannotFitIsRefused() throws {
    #expect(throws: ExperimentError.self) {
      try Recipe.paper.requireMemory(for: .s3n, classes: 200, of: MemoryLimit(bytes: 1 << 30))
    }
    try Recipe.reduced.requireMemory(for: .s3n, classes: 200, of: MemoryLimit(bytes: 8 << 30))
  }
  @Test func howFilesWereReadIsKnownFromTheOverrides() {
    var reading = Reading()
    #expect(Recipe.quick.reading == reading)
    (reading.keepsBanner, reading.isTurning, reading.testShare, reading.splitSeed) = (true, true, 0.2, .max)
    var recipe = Recipe.quick
    recipe.note(reading)
    #expect(recipe.reading == reading)
    #expect(recipe.overridesText == "banner=kept exif=rotated split-seed=18446744073709551615 test-share=0.2")
  }
}
