import Foundation
import Testing

@testable import Statistics

/// Measures how often 95 % intervals contain the truth, in synthetic tables whose truth is known.
///
/// S3N_COVERAGE=2000 makes that many tables of each kind, with all resamples, and requires 93 to 97 %; by default there
/// are few tables, and the required range is correspondingly wide.
@Suite struct CoverageTests {
  private static let asked = ProcessInfo.processInfo.environment["S3N_COVERAGE"].flatMap(Int.init)
  private let tables = asked ?? 400
  private let resamples = asked == nil ? 500 : 10_000
  private var allowed: ClosedRange<Double> { Self.asked == nil ? 0.91...0.99 : 0.93...0.97 }

  @Test(arguments: [
    SyntheticTable(seeds: 1, images: 150, first: 1.0, second: 0.7, seedSpread: 0),
    SyntheticTable(seeds: 1, images: 515, first: 0.8, second: 0.8, seedSpread: 0),
    SyntheticTable(seeds: 1, images: 515, first: 1.2, second: 0.9, images: 0.3, seedSpread: 0),
    SyntheticTable(seeds: 4, images: 240, first: 1.2, second: 1.0, seedSpread: 0),
  ])
  func bca(kind: SyntheticTable) {
    hold("bca of \(kind)") { random in
      // All seeds train alike, so the interval concerns images alone.
      let table = kind.differences(&random)
      let sums = table[0].indices.map { image in table.reduce(0) { $0 + $1[image] } }
      let interval = bcaInterval(ofMean: sums, resamples: resamples, seed: random.next())
      return interval?.contains(Double(kind.seeds) * kind.truth) ?? false
    }
  }

  @Test(arguments: [
    SyntheticTable(seeds: 3, images: 240, first: 1.0, second: 0.8),
    SyntheticTable(seeds: 6, images: 240, first: 1.0, second: 0.8),
    SyntheticTable(seeds: 6, images: 515, first: 1.0, second: 1.0, seedSpread: 0.3),
    SyntheticTable(seeds: 6, images: 515, first: 1.0, second: 0.9, images: 0, seedSpread: 0.3),
    SyntheticTable(seeds: 10, images: 515, first: 1.2, second: 1.0, images: 0.3),
  ])
  func hierarchical(kind: SyntheticTable) {
    hold("hierarchical of \(kind)") { random in
      let interval = hierarchicalInterval(
        ofMean: kind.differences(&random), resamples: resamples, seed: random.next())
      return interval?.contains(kind.truth) ?? false
    }
  }

  @Test(arguments: [(5, 0.5), (6, 0.0), (6, 1.0), (10, 0.5), (10, 2.0)])
  func improvement(runs: Int, shift: Double) {
    hold("probability of improvement, \(runs) runs, \(shift) deviations apart") { random in
      let first = (0..<runs).map { _ in shift + random.normal() }
      let second = (0..<runs).map { _ in random.normal() }
      return ProbabilityOfImprovement(first, over: second)?.interval.contains(Normal.cdf(shift / 2.0.squareRoot()))
        ?? false
    }
  }

  @Test(arguments: [(240, 0.7), (515, 0.8), (5794, 0.85)])
  func wilson(n: Int, proportion: Double) {
    hold("Wilson's, \(n) images at \(proportion)") { random in
      let seen = (0..<n).count { _ in random.uniform() < proportion }
      return wilsonInterval(proportion: Double(seen) / Double(n), n: n)?.contains(proportion) ?? false
    }
  }

  private func hold(_ name: String, _ holds: (inout SplitMix64) -> Bool) {
    var random = SplitMix64(seed: 2019)
    let coverage = Double((0..<tables).count { _ in holds(&random) }) / Double(tables)
    if Self.asked != nil { print("coverage \(coverage): \(name)") }
    #expect(allowed.contains(coverage), "\(name): \(coverage)")
  }
}

/// Two variants with some seeds and images and all their effects: an answer is right if the variant's strength plus
/// normal deviates for image, image and variant, seed and variant, and answer is above 0.
struct SyntheticTable: CustomStringConvertible, Sendable {
  let seeds, images: Int
  let first, second: Double
  let imageSpread, seedSpread: Double

  init(
    seeds: Int, images: Int, first: Double, second: Double, images imageSpread: Double = 0.5, seedSpread: Double = 0.1
  ) {
    self.seeds = seeds
    self.images = images
    self.first = first
    self.second = second
    self.imageSpread = imageSpread
    self.seedSpread = seedSpread
  }

  private var answerSpread: Double { 0.6 }

  /// The difference in the probability of a right answer, over all possible seeds and images.
  var truth: Double {
    let spread = (1 + imageSpread * imageSpread + seedSpread * seedSpread + answerSpread * answerSpread).squareRoot()
    return Normal.cdf(first / spread) - Normal.cdf(second / spread)
  }

  /// Returns, by seed and image, 1 where only the first variant is right and -1 where only the second is.
  func differences(_ random: inout SplitMix64) -> [[Int]] {
    let imageEffects = (0..<images).map { _ in random.normal() }
    func answers(_ strength: Double) -> [[Bool]] {
      let ownEffects = imageEffects.map { $0 + imageSpread * random.normal() }
      return (0..<seeds).map { _ in
        let level = strength + seedSpread * random.normal()
        return ownEffects.map { level + $0 + answerSpread * random.normal() > 0 }
      }
    }
    return zip(answers(first), answers(second)).map { zip($0, $1).map { ($0 ? 1 : 0) - ($1 ? 1 : 0) } }
  }

  var description: String {
    "\(seeds) seeds, \(images) images, strengths \(first) and \(second), spreads \(imageSpread) and \(seedSpread)"
  }
}

extension SplitMix64 {
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Returns a normal deviate by the Box-Muller method.
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}
