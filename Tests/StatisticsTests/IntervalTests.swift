import Testing

@testable import Statistics

@Suite struct IntervalTests {
  // Vigna's reference values for the generator.
  @Test func drawsAreTheSameOnEveryMachine() {
    var generator = SplitMix64(seed: 1_234_567)
    let draws = (0..<3).map { _ in generator.next() }
    #expect(draws == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  /// Newcombe (1998), table II: 56 of 70 and 48 of 80; 9 of 10 and 3 of 10; 10 of 10 and 0 of 10.
  @Test func differencesOfProportionsHaveTheIntervalOfTheirPaper() throws {
    for (first, second, low, high) in [
      ((56.0, 70), (48.0, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1),
    ] {
      let interval = try #require(
        newcombeInterval(
          (first.0 / Double(first.1), first.1), (second.0 / Double(second.1), second.1)))
      #expect(abs(interval.lowerBound - low) < 5e-5 && abs(interval.upperBound - high) < 5e-5)
    }
    #expect(newcombeInterval((1, 0), (0.5, 10)) == nil)
  }

  @Test func theSameSeedGivesTheSameInterval() throws {
    let values = (0..<97).map { $0 % 7 == 0 ? -1 : $0 % 3 == 0 ? 1 : 0 }
    #expect(bcaInterval(ofMean: values, seed: 4) == bcaInterval(ofMean: values, seed: 4))
    #expect(bcaInterval(ofMean: values, seed: 4) != bcaInterval(ofMean: values.map { $0 * 5 }, seed: 4))
    let table = [values, values.reversed(), values.map { -$0 }]
    #expect(hierarchicalInterval(ofMean: table, seed: 4) == hierarchicalInterval(ofMean: table, seed: 4))
    #expect(hierarchicalInterval(ofMean: table, seed: 4) != hierarchicalInterval(ofMean: table, seed: 5))
  }

  @Test func resamplesHaveTheMeanAndTheSpreadOfTheSample() {
    let values: [Int32] = [0, 0, 3, -1, 0, 7, 2]
    var generator = SplitMix64(seed: 2)
    let sums = (0..<40_000).map { _ in Double(generator.resampledSum(values)) }
    let estimate = Estimate(sums)
    // Seven draws of mean 11 / 7 and variance 63 / 7 - (11 / 7)^2.
    #expect(abs((estimate?.mean ?? 0) - 11) < 4 * (45.7 / 40_000).squareRoot())
    let variance = (estimate?.standardDeviation ?? 0) * (estimate?.standardDeviation ?? 0)
    #expect(abs(variance - 45.714) < 1)
  }

  @Test(arguments: [
    [0], [1], [-1], [0, 0, 0], [1, 1, 1, 1], [-1, -1], [1, -1], [0, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [-5, 5, 0, 0],
    [1, 1, 1, 0], [Int](repeating: 0, count: 500) + [-1], [Int](repeating: 1, count: 500) + [-1],
  ])
  func bcaIsDefinedForEveryFewImages(values: [Int]) throws {
    let interval = try #require(bcaInterval(ofMean: values, resamples: 2_000, seed: 0))
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    #expect(interval.lowerBound.isFinite && interval.upperBound.isFinite)
    #expect(interval.contains(mean))
    #expect(interval.lowerBound >= Double(values.min() ?? 0) && interval.upperBound <= Double(values.max() ?? 0))
    if Set(values).count == 1 { #expect(interval == mean...mean) }
  }

  @Test func bcaWithoutValuesIsNone() { #expect(bcaInterval(ofMean: [], seed: 0) == nil) }

  @Test(arguments: [
    [[0, 0], [0, 0]], [[1, 1, 1], [1, 1, 1]], [[1, -1], [-1, 1]], [[1, 1], [-1, -1]], [[0, 1], [0, 1]],
    [[0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]],
  ])
  func theHierarchicalIntervalIsDefinedForEveryFewImages(table: [[Int]]) throws {
    let interval = try #require(hierarchicalInterval(ofMean: table, resamples: 2_000, seed: 0))
    #expect(interval.lowerBound.isFinite && interval.upperBound.isFinite)
    let values = table.flatMap { $0 }
    #expect(interval.contains(Double(values.reduce(0, +)) / Double(values.count)))
    // It has a width if and only if the values differ.
    #expect((interval.lowerBound < interval.upperBound) == (Set(values).count > 1))
  }

  @Test func theHierarchicalIntervalNeedsTwoSeedsAndTwoImages() {
    #expect(hierarchicalInterval(ofMean: [], seed: 0) == nil)
    #expect(hierarchicalInterval(ofMean: [[1, 0, 1]], seed: 0) == nil)
    #expect(hierarchicalInterval(ofMean: [[1], [0]], seed: 0) == nil)
    #expect(hierarchicalInterval(ofMean: [[1, 0], [0]], seed: 0) == nil)
  }

  @Test func improvementIsNeverCertain() throws {
    let ahead = try #require(ProbabilityOfImprovement([3, 4, 5], over: [0, 1, 2]))
    #expect(ahead.value == 1 && ahead.interval.upperBound == 1 && ahead.interval.lowerBound < 0.7)
    let equal = try #require(ProbabilityOfImprovement([3, 3], over: [3, 3]))
    #expect(equal.value == 0.5)
    #expect(isClose(equal.interval.lowerBound + equal.interval.upperBound, 1, relative: 1e-9))
    let single = try #require(ProbabilityOfImprovement([3], over: [1]))
    #expect(single.interval.lowerBound > 0 && single.interval.upperBound == 1)
    #expect(ProbabilityOfImprovement([], over: [1]) == nil)
  }

  @Test func testsOfTooFewValuesAreNone() {
    #expect(MannWhitneyTest([], [1]) == nil)
    #expect(MannWhitneyTest([.nan], [1]) == nil)
    #expect(MannWhitneyTest([2, 2], [2, 2, 2])?.pValue() == 1)
    #expect(MannWhitneyTest([Double](repeating: 2, count: 60), [2])?.pValue() == 1)
    #expect(EquivalenceTest(paired: [1]) == nil)
    #expect(EquivalenceTest([1, 2], [1]) == nil)
    #expect(EquivalenceTest(paired: [1, 1])?.pValue(margin: 2) == 0)
    #expect(EquivalenceTest(paired: [1, 1])?.pValue(margin: 0.5) == 1)
    #expect(interquartileMean([1, 2, 3]) == nil)
    #expect(Holm.adjusted([]) == [])
  }

  // The examples of Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  @Test(arguments: [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)])
  func wilsonsIntervalIsThePublishedOne(seen: Int, n: Int, low: Double, high: Double) throws {
    let interval = try #require(wilsonInterval(proportion: Double(seen) / Double(n), n: n))
    #expect(abs(interval.lowerBound - low) < 5e-5 && abs(interval.upperBound - high) < 5e-5)
  }

  @Test func wilsonsIntervalStaysWithinTheUnitInterval() throws {
    #expect(wilsonInterval(proportion: 0, n: 10)?.lowerBound == 0)
    #expect(try #require(wilsonInterval(proportion: 1, n: 10)).upperBound <= 1)
    #expect(wilsonInterval(proportion: 0.5, n: 0) == nil)
    #expect(wilsonInterval(proportion: .nan, n: 10) == nil)
    #expect(wilsonInterval(proportion: 1.5, n: 10) == nil)
  }
}
