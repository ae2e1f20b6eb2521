import Experiments
import Testing

@Suite struct AblationPlanTests {
  @Test func seedsAreOutermostAndKeysAreStable() throws {
    let plan = try AblationPlan(dataset: "tiny", recipe: .quick, variants: [.baseline, .s3n], seeds: [0, 7])
    #expect(plan.cells.map(\.key) == ["baseline-seed0", "s3n-seed0", "baseline-seed7", "s3n-seed7"])
    #expect(plan.runID(plan.cells[1]) == "tiny-quick-s3n-seed0")
  }

  @Test func aSweepTouchesOnlyVariantsThatHaveTheRadius() throws {
    let plan = try AblationPlan(
      dataset: "tiny", recipe: .quick, variants: [.baseline, .discriminativeOnly, .s3n, .identity],
      radii: [0.05, 0.09], inverseRadii: [0.2, 0.3])
    #expect(
      plan.cells.map(\.key) == [
        "baseline-seed0", "discriminative-only-radius0.05-seed0", "discriminative-only-seed0",
        "s3n-radius0.05-radius_inv0.2-seed0", "s3n-radius0.05-seed0", "s3n-radius_inv0.2-seed0", "s3n-seed0",
        "identity-seed0",
      ])
    #expect(plan.cells[0].radius == nil && plan.cells[1].radiusInverse == nil)
    #expect(plan.cells[6].radius == 0.09 && plan.cells[6].radiusInverse == 0.3)
  }

  @Test func tablesAreOrderedByVariantRadiusAndSeed() {
    let ordered = [
      Cell(.baseline, seed: 10), Cell(.s3n, radius: 0.05, seed: 1), Cell(.s3n, seed: 2), Cell(.s3n, seed: 10),
      Cell(.oracle, seed: 0),
    ]
    let byName = ordered.sorted { $0.key < $1.key }
    #expect(byName.map(\.key) != ordered.map(\.key))
    #expect(byName.sorted { $0.precedes($1) }.map(\.key) == ordered.map(\.key))
  }

  @Test func theSameCellTwiceRunsOnce() throws {
    let plan = try AblationPlan(dataset: "tiny", recipe: .quick, variants: [.s3n, .s3n], radii: [0.09], seeds: [1, 1])
    #expect(plan.cells.map(\.key) == ["s3n-seed1"])
  }

  @Test(arguments: [-1, 0, .nan, .infinity, 1e6]) func nonsenseRadiiAreRefused(_ radius: Double) {
    #expect(throws: ExperimentError.self) {
      try AblationPlan(dataset: "tiny", recipe: .quick, variants: [.baseline], radii: [radius])
    }
    #expect(throws: ExperimentError.self) {
      try AblationPlan(dataset: "tiny", recipe: .quick, variants: [.s3n], inverseRadii: [radius])
    }
  }

  @Test func namesOfVariantsAreUniqueAndEachHasASummary() {
    #expect(Set(Variant.all.map(\.name)).count == Variant.all.count)
    #expect(Variant.all.allSatisfy { !$0.summary.isEmpty })
    #expect(Variant.all.first?.name == "baseline")
    #expect(
      Variant.standard(isAnnotated: true).map(\.name) == [
        "baseline", "discriminative-only", "complementary-only", "s3n", "identity", "random-peaks", "centre-zoom",
        "oracle",
      ])
    #expect(
      Variant.standard(isAnnotated: false).map(\.name) == Variant.standard(isAnnotated: true).dropLast().map(\.name))
  }

  @Test func radiiThatNoVariantHasAreRefused() throws {
    func plan(_ variants: [Variant], radii: [Double] = [], inverse: [Double] = []) throws -> AblationPlan {
      try AblationPlan(dataset: "tiny", recipe: .quick, variants: variants, radii: radii, inverseRadii: inverse)
    }
    #expect(throws: ExperimentError.self) { try plan([.baseline], radii: [0.1]) }
    #expect(throws: ExperimentError.self) { try plan([.discriminativeOnly, .identity], inverse: [0.1]) }
    #expect(try plan([.baseline, .s3n], radii: [0.1], inverse: [0.2]).cells.count == 2)
  }

  @Test func mapsThatAreTooSmallForPeaksAreWarnedOf() throws {
    func warnings(size: Int, _ variants: [Variant], recipe: Recipe = .reduced) throws -> [String] {
      var overrides = RecipeOverrides()
      overrides.size = size
      return try AblationPlan(dataset: "tiny", recipe: recipe.applying(overrides), variants: variants).warnings
    }
    #expect(
      try warnings(size: 32, [.baseline, .s3n, .randomPeaks]).first?.contains("1 x 1 cells with no peak") == true)
    let narrow = try #require(try warnings(size: 64, [.s3n]).first)
    #expect(narrow.contains("2 x 2 cells with a single peak"))
    #expect(narrow.hasSuffix("For 3 x 3, use --size 65 or larger."))
    #expect(try warnings(size: 65, [.s3n]) == [])
    #expect(try warnings(size: 32, [.baseline, .identity, .centreZoom]) == [])
    // Three stages halve once less.
    let quick = try #require(try warnings(size: 32, [.s3n], recipe: .quick).first)
    #expect(quick.contains("2 x 2 cells with a single peak") && quick.hasSuffix("For 3 x 3, use --size 33 or larger."))
    #expect(try warnings(size: 33, [.s3n], recipe: .quick) == [])
  }
  @Test func overridesThatNoVariantHeedsAreWarnedOf() throws {
    func warned(_ variants: [Variant]) throws -> [String] {
      var overrides = RecipeOverrides()
      (overrides.floor, overrides.smoothing, overrides.splitStep) = (0.25, "direct", 1)
      return try AblationPlan(dataset: "tiny", recipe: .quick.applying(overrides), variants: variants).warnings
        .map { String($0.prefix { $0 != " " }) }
    }
    #expect(try warned([.baseline, .identity]) == ["--floor", "--smoothing", "--p-step"])
    #expect(try warned([.baseline, .centreZoom]) == ["--p-step"])
    #expect(try warned([.s3nP1]) == ["--p-step"])
    #expect(try warned([.baseline, .s3n]) == [])
  }
}
