import Testing

@testable import Statistics

/// Compares everything with SciPy's values, or with closed forms where SciPy has none.
@Suite struct GoldenTests {
  private let cases: GoldenCases

  init() throws { cases = try GoldenCases() }

  @Test func distributions() {
    for known in cases.normal { #expect(isClose(Normal.cdf(known.x), known.cdf, absolute: 0), "\(known)") }
    for known in cases.normalQuantile { #expect(isClose(Normal.quantile(known.p), known.x), "\(known)") }
    for known in cases.incompleteBeta {
      #expect(isClose(incompleteBeta(known.x, known.a, known.b), known.value), "\(known)")
    }
    for known in cases.studentT {
      #expect(isClose(StudentT(degreesOfFreedom: known.df).cdf(known.t), known.cdf), "\(known)")
    }
    for known in cases.studentTQuantile {
      #expect(isClose(StudentT(degreesOfFreedom: known.df).quantile(known.p), known.t, relative: 1e-8), "\(known)")
    }
  }

  @Test func wilsonsInterval() throws {
    for known in cases.wilson {
      let interval = try #require(wilsonInterval(proportion: Double(known.seen) / Double(known.n), n: known.n))
      #expect(isClose(interval.lowerBound, known.low) && isClose(interval.upperBound, known.high), "\(known)")
    }
  }

  @Test func interquartileMeans() throws {
    for known in cases.interquartileMean {
      #expect(isClose(try #require(interquartileMean(known.values)), known.mean), "\(known)")
    }
  }

  @Test func mcNemarsTest() {
    for known in cases.mcnemar {
      let test = McNemarTest(onlyFirst: known.first, onlySecond: known.second)
      #expect(isClose(test.pValue(), known.twoSided, absolute: 0), "\(known)")
      #expect(isClose(test.pValue(.less), known.less, absolute: 0), "\(known)")
      #expect(isClose(test.pValue(.greater), known.greater, absolute: 0), "\(known)")
    }
  }

  @Test func signFlipTest() {
    for known in cases.signFlip {
      let test = SignFlipTest(known.differences)
      #expect(isClose(test.pValue(), known.twoSided), "\(known)")
      #expect(isClose(test.pValue(.less), known.less), "\(known)")
      #expect(isClose(test.pValue(.greater), known.greater), "\(known)")
      #expect(SignFlipTest.pValue(of: known.differences.map(Double.init), seed: 0) == known.twoSided, "\(known)")
    }
  }

  @Test func mannAndWhitneysTest() throws {
    for known in cases.mannWhitneyExact + cases.mannWhitneyTies {
      let test = try #require(MannWhitneyTest(known.first, known.second))
      #expect(test.u == known.u, "\(known)")
      #expect(isClose(test.pValue(), known.twoSided), "\(known)")
      #expect(isClose(test.pValue(.less), known.less), "\(known)")
      #expect(isClose(test.pValue(.greater), known.greater), "\(known)")
    }
    for known in cases.mannWhitneyNormal {
      let test = try #require(MannWhitneyTest(known.first, known.second))
      #expect(test.u == known.u, "\(known)")
      #expect(isClose(test.pValue(), known.twoSided), "\(known)")
      #expect(isClose(test.pValue(.less), known.less), "\(known)")
      #expect(isClose(test.pValue(.greater), known.greater), "\(known)")
    }
  }

  @Test func equivalenceTest() throws {
    for known in cases.equivalence {
      let unpaired = try #require(EquivalenceTest(known.first, known.second))
      #expect(isClose(unpaired.pValue(margin: known.margin), known.unpaired, relative: 1e-8), "\(known)")
      guard let p = known.paired, let low = known.pairedLow, let high = known.pairedHigh else { continue }
      let paired = try #require(EquivalenceTest(paired: zip(known.first, known.second).map { $0 - $1 }))
      #expect(isClose(paired.pValue(margin: known.margin), p, relative: 1e-8), "\(known)")
      #expect(isClose(paired.interval.lowerBound, low, relative: 1e-8), "\(known)")
      #expect(isClose(paired.interval.upperBound, high, relative: 1e-8), "\(known)")
    }
  }

  @Test func holmsCorrection() {
    for known in cases.holm {
      #expect(zip(Holm.adjusted(known.p), known.adjusted).allSatisfy { isClose($0, $1) }, "\(known)")
    }
  }

  @Test func bcaIntervalOfAllResamples() {
    for known in cases.bca {
      // All n^n choices of n values.
      let sums = known.values.reduce([0]) { sums, _ in sums.flatMap { sum in known.values.map { sum + $0 } } }
      let count = Double(known.values.count)
      let interval = bcaInterval(
        of: Double(known.values.reduce(0, +)) / count, resampled: sums.map { Double($0) / count }.sorted(),
        acceleration: acceleration(ofMean: known.values.map(Double.init)))
      #expect(isClose(interval.lowerBound, known.low) && isClose(interval.upperBound, known.high), "\(known)")
    }
  }

  @Test func bcaIntervalOfRandomResamples() throws {
    for known in cases.bcaSampled {
      let interval = try #require(bcaInterval(ofMean: known.values, resamples: 20_000, seed: 1))
      // Within one step of the mean, because of chance.
      let step = 1.01 / Double(known.values.count)
      #expect(
        abs(interval.lowerBound - known.low) < step && abs(interval.upperBound - known.high) < step, "\(interval)")
    }
  }

  @Test func probabilityOfImprovement() throws {
    for known in cases.improvement {
      let probability = try #require(ProbabilityOfImprovement(known.first, over: known.second))
      #expect(probability.value == known.value, "\(known)")
      #expect(isClose(probability.interval.lowerBound, known.low, relative: 1e-9), "\(known)")
      #expect(isClose(probability.interval.upperBound, known.high, relative: 1e-9), "\(known)")
    }
  }

  @Test func crossedVariance() throws {
    for known in cases.crossedVariance {
      let variance = try #require(CrossedVariance(known.table))
      #expect(isClose(variance.mean, known.mean), "\(known)")
      #expect(isClose(variance.standardError, known.standardError), "\(known)")
      #expect(isClose(variance.degreesOfFreedom, known.degreesOfFreedom), "\(known)")
    }
  }
}
