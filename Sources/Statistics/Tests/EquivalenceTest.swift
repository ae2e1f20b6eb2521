/// Two one-sided t tests (Schuirmann 1987): whether a difference of means is smaller than a margin in both directions.
///
/// Not finding a difference is no proof of equality; this test is.
public struct EquivalenceTest: Equatable, Sendable {
  public let difference: Double
  public let standardError: Double
  public let degreesOfFreedom: Double

  /// Tests differences of pairs; nil for fewer than two.
  public init?(paired differences: [Double]) {
    guard let estimate = Estimate(differences), let deviation = estimate.standardDeviation else { return nil }
    difference = estimate.mean
    standardError = deviation / Double(estimate.count).squareRoot()
    degreesOfFreedom = Double(estimate.count - 1)
  }

  /// Tests two independent samples, whose variances may differ (Welch 1947); nil if one has fewer than two values.
  public init?(_ first: [Double], _ second: [Double]) {
    guard let first = Estimate(first), let second = Estimate(second),
      let deviation = first.standardDeviation, let otherDeviation = second.standardDeviation
    else { return nil }
    difference = first.mean - second.mean
    let (freedom, otherFreedom) = (Double(first.count - 1), Double(second.count - 1))
    let variance = deviation * deviation / Double(first.count)
    let otherVariance = otherDeviation * otherDeviation / Double(second.count)
    let total = variance + otherVariance
    standardError = total.squareRoot()
    let spread = variance * variance / freedom + otherVariance * otherVariance / otherFreedom
    degreesOfFreedom = spread > 0 ? total * total / spread : freedom + otherFreedom
  }

  /// The p-value for the difference being within -`margin` and `margin`: the larger of the two tests' p-values.
  public func pValue(margin: Double) -> Double {
    let room = margin - abs(difference)
    guard standardError > 0 else { return room > 0 ? 0 : 1 }
    return StudentT(degreesOfFreedom: degreesOfFreedom).cdf(-room / standardError)
  }

  /// The 90 % interval of the difference: it is within the margin if and only if the p-value is at most 5 %.
  public var interval: ClosedRange<Double> {
    let half = standardError * StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.95)
    return difference - half...difference + half
  }
}
