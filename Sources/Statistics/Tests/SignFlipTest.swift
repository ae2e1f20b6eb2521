/// The sign-flip test of paired integer differences, such as counts of images: whether their sum differs from zero.
///
/// If it does not, every difference might as well have the other sign (Fisher 1935). The sums of all 2^n sign patterns
/// are counted, not sampled, for any n: the number of ways to reach each sum is updated difference by difference. For
/// differences of 1 and -1 this is McNemar's exact test.
public struct SignFlipTest: Sendable {
  public let sum: Int
  /// The sum of all absolute differences, which is the largest possible sum.
  private let largest: Int
  /// At index k, the probability of a sum of 2 k - `largest` or more.
  private let upperTails: [Double]

  /// Takes time and memory that grow with the sum of all absolute differences.
  public init(_ differences: [Int]) {
    sum = differences.reduce(0, +)
    let magnitudes = differences.map(abs).filter { $0 > 0 }.sorted()
    largest = magnitudes.reduce(0, +)
    // The probability that the differences with a plus sign add up to k.
    var chances = [Double](repeating: 0, count: largest + 1)
    chances[0] = 1
    var reached = 0
    for magnitude in magnitudes {
      reached += magnitude
      for total in stride(from: reached, through: magnitude, by: -1) {
        chances[total] = (chances[total] + chances[total - magnitude]) / 2
      }
      for total in 0..<magnitude { chances[total] /= 2 }
    }
    for total in stride(from: largest - 1, through: 0, by: -1) { chances[total] += chances[total + 1] }
    upperTails = chances
  }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    alternative.pValue(less: upperTail(-sum), greater: upperTail(sum))
  }

  /// The smallest sum that is significant at `level`, two-sided; nil if not even the largest possible sum is.
  public func smallestSum(level: Double) -> Int? {
    // Tails decrease: search for the first significant index above the middle.
    var (not, significant) = (largest / 2, largest + 1)
    while significant - not > 1 {
      let middle = (not + significant) / 2
      if 2 * upperTails[middle] <= level { significant = middle } else { not = middle }
    }
    guard significant <= largest else { return nil }
    // A sum that no pattern reaches has the tail of the next one that some reach.
    while significant < largest, upperTails[significant] == upperTails[significant + 1] { significant += 1 }
    return 2 * significant - largest
  }

  /// The probability of a sum of `sum` or more, which is also that of -`sum` or less.
  private func upperTail(_ sum: Int) -> Double { min(1, upperTails[(sum + largest + 1) / 2]) }
}
