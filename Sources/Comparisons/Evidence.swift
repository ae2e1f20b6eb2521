/// The evidence on a difference from images or from seeds; empty where there are too few.
public struct Evidence: Equatable, Sendable {
  /// Two-sided, for no difference.
  public var pValue: Double?
  /// `pValue` after Holm's correction within the row's family.
  public var adjustedPValue: Double?
  /// The 95 % interval of the difference, in points.
  public var low95: Double?
  public var high95: Double?
  /// The smallest difference in points that could have been significant after the correction, given the observed
  /// spread; nil if none could.
  public var smallestPoints: Double?

  var isSignificant: Bool { adjustedPValue.map { $0 <= Verdict.level } ?? false }
  var interval: ClosedRange<Double>? {
    guard let low95, let high95, low95.isFinite, high95.isFinite, low95 <= high95 else { return nil }
    return low95...high95
  }
  var leavesZeroOut: Bool { interval.map { !$0.contains(0) } ?? false }
}
