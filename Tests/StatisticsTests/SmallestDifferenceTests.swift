import Testing

@testable import Statistics

@Suite struct SmallestDifferenceTests {
  @Test func sixPairsAreTheFewestAtFivePercent() {
    #expect(SmallestDifference.fewestPairs(level: 0.05) == 6)
    #expect(SmallestDifference.fewestPairs(level: 1.0 / 32) == 6)
    #expect(SmallestDifference.fewestPairs(level: 0.05 / 9) == 9)
    #expect(SignFlipTest([1, 2, 3, 4, 5]).pValue() > 0.05)
    #expect(SignFlipTest([1, 2, 3, 4, 5, 6]).pValue() <= 0.05)
    #expect(SmallestDifference.mean(of: [1, 2, 3, 4, 5], level: 0.05) == nil)
    #expect(SmallestDifference.mean(of: [], level: 0.05) == nil)
  }

  @Test(arguments: [6, 8, 11])
  func theSmallestMeanIsWhereTheTestTurns(count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    for level in [0.05, 0.032] {
      let differences = (0..<count).map { _ in Double.random(in: -2...5, using: &random) }
      let smallest = try #require(SmallestDifference.mean(of: differences, level: level))
      let deviations = differences.map { $0 - (Estimate(differences)?.mean ?? 0) }
      func pValues(shift: Double) -> [Double] {
        [shift, -shift].map { shift in SignFlipTest.pValue(of: deviations.map { $0 + shift }, seed: 0) }
      }
      #expect(pValues(shift: smallest * 1.001).allSatisfy { $0 <= level })
      #expect(pValues(shift: smallest * 0.999).contains { $0 > level })
    }
  }

  @Test func beyondSixteenPairsStudentsTStandsIn() throws {
    let differences = (0..<40).map { Double($0 % 5) }
    let smallest = try #require(SmallestDifference.mean(of: differences, level: 0.05))
    let deviation = try #require(Estimate(differences)?.standardDeviation)
    #expect(isClose(smallest, 2.022691 * deviation / 40.0.squareRoot(), relative: 1e-6))
  }

  @Test func ofSingleImagesTheSmallestSumIsWhereMcNemarsTestTurns() throws {
    func smallest(_ discordant: Int) -> Int? {
      SignFlipTest([Int](repeating: 1, count: discordant) + [0, 0]).smallestSum(level: 0.05)
    }
    for discordant in [6, 7, 30, 101] {
      let smallest = try #require(smallest(discordant))
      let lesser = (discordant - smallest) / 2
      #expect(2 * lesser + smallest == discordant)
      #expect(McNemarTest(onlyFirst: lesser, onlySecond: lesser + smallest).pValue() <= 0.05)
      #expect(McNemarTest(onlyFirst: lesser + 1, onlySecond: lesser + smallest - 1).pValue() > 0.05)
    }
    #expect(smallest(5) == nil && smallest(0) == nil)
  }

  @Test func aSmallestSumIsOneThatSignsComeTo() {
    // Sums of fours: 24, 16, 8 ...
    let test = SignFlipTest([4, 4, 4, 4, 4, 4])
    #expect(test.smallestSum(level: 0.05) == 24)
    #expect(test.smallestSum(level: 0.01) == nil)
    #expect(SignFlipTest([2, 2, 2, 2, 2, 2, 2, 2, 2]).smallestSum(level: 0.05) == 14)
  }

  @Test func holmsDemandIsWhatTheNextOneHasToMeet() {
    let pValues = [0.001, 0.4, 0.02, 0.3]
    #expect(Holm.adjustedLevel(pValues, level: 0.05) == 0.05 / 3)
    for index in [1, 2, 3] {
      var others = pValues
      others[index] = 0.05 / 3
      #expect(Holm.adjusted(others)[index] <= 0.05 + 1e-15)
      others[index] = 0.0501 / 3
      #expect(Holm.adjusted(others)[index] > 0.05)
    }
    #expect(Holm.adjustedLevel([0.001], level: 0.05) == 0.05)
  }
}
