import Testing

@testable import Statistics

@Suite struct SignFlipTests {
  @Test func countingAgreesWithTryingAllSigns() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<30 {
      let differences = (0..<Int.random(in: 0...11, using: &random)).map { _ in Int.random(in: -9...9, using: &random) }
      let counted = SignFlipTest(differences).pValue()
      #expect(SignFlipTest.pValue(of: differences.map(Double.init), seed: 0) == counted, "\(differences)")
    }
  }

  @Test func ofSingleImagesItIsMcNemarsTest() {
    for (first, second) in [(0, 0), (0, 1), (9, 21), (60, 41), (300, 240)] {
      let test = SignFlipTest(
        [Int](repeating: 1, count: first) + [Int](repeating: -1, count: second) + [0, 0, 0])
      let mcnemar = McNemarTest(onlyFirst: first, onlySecond: second)
      for alternative in [Alternative.twoSided, .less, .greater] {
        #expect(isClose(test.pValue(alternative), mcnemar.pValue(alternative)))
      }
    }
  }

  @Test func samplingComesCloseToCounting() {
    let differences = [5, -2, 3, 3, 8, -6, 1, 0, 4, 4, -3, 2, 7, -1, 2, 6, -5, 3, 1, -4]
    let counted = SignFlipTest(differences).pValue()
    let sampled = SignFlipTest.pValue(of: differences.map(Double.init), seed: 3)
    #expect(abs(sampled - counted) < 4 * (counted / 65_536).squareRoot())
    #expect(sampled == SignFlipTest.pValue(of: differences.map(Double.init), seed: 3))
    // The observed pattern counts as one of them, so a sampled p-value is never 0.
    #expect(SignFlipTest.pValue(of: [Double](repeating: 1, count: 70), seed: 0) == 1.0 / 65_536)
  }

  @Test func sumsThatDifferByRoundingAreEqual() {
    #expect(SignFlipTest.pValue(of: [0.1, 0.2, 0.3, -0.6], seed: 0) == 1)
    #expect(SignFlipTest.pValue(of: [0.1, 0.2, 0.3], seed: 0) == 0.25)
  }

  @Test func noDifferenceIsNotSignificant() {
    #expect(SignFlipTest([]).pValue() == 1)
    #expect(SignFlipTest([0, 0]).pValue() == 1)
    #expect(SignFlipTest.pValue(of: [], seed: 0) == 1)
    #expect(SignFlipTest([0, 0]).smallestSum(level: 0.05) == nil)
  }
}
