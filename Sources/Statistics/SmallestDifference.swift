/// The smallest paired differences that could have been significant at all.
public enum SmallestDifference {
  /// The fewest pairs with which a sign-flip test can be significant at `level`, two-sided: if all n differences have
  /// one sign, the p-value is 2 / 2^n.
  public static func fewestPairs(level: Double) -> Int {
    var (pairs, least) = (1, 1.0)
    while least > level && pairs < 64 {
      pairs += 1
      least /= 2
    }
    return pairs
  }

  /// The smallest mean that the sign-flip test would have found significant at `level`, two-sided, in either direction,
  /// if the differences had the same deviations from it as from their own mean; nil if there is none. Uses Student's t
  /// for more pairs than the test enumerates.
  ///
  /// A shift by d of the deviations e is not significant as long as too many of the other sign patterns reach its sum;
  /// the pattern that flips a set of pairs does so if and only if d is at most the mean of -e over the set.
  public static func mean(of differences: [Double], level: Double) -> Double? {
    guard let estimate = Estimate(differences), level < 1, differences.count >= fewestPairs(level: level) else {
      return nil
    }
    let deviations = differences.map { $0 - estimate.mean }
    let count = differences.count
    guard count <= SignFlipTest.mostEnumerated else {
      let deviation = estimate.standardDeviation ?? 0
      return StudentT(degreesOfFreedom: Double(count - 1)).quantile(1 - level / 2) * deviation
        / Double(count).squareRoot()
    }
    // There are two patterns per set, as all signs may be reversed: of the 2^n, 2 + 2 x sets may reach the sum.
    let allowed = Int(level * Double(1 << (count - 1)) + 1e-9) - 1
    // Indexed by set as bits: a set's sum is that of the set without its lowest member, plus that member.
    var sums = [Double](repeating: 0, count: 1 << count)
    for set in 1..<sums.count { sums[set] = sums[set & (set - 1)] + deviations[set.trailingZeroBitCount] }
    let means = (1..<sums.count - 1).map { sums[$0] / Double($0.nonzeroBitCount) }.sorted()
    return max(-means[allowed], means[means.count - 1 - allowed])
  }
}
