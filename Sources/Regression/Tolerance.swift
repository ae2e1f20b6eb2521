/// How much worse a measurement may be before it is a regression.
public struct Tolerance: Equatable, Sendable {
  /// Whether weights must be bit-identical.
  public enum Bits: String, CaseIterable, Sendable {
    case require, report
  }

  /// Whether times are gated or only reported.
  public enum Latency: String, CaseIterable, Sendable {
    case gate, report
  }

  /// Nil: required if both environments round the same way.
  public var bits: Bits?
  /// Nil: gated if both were timed on one machine.
  public var latency: Latency?
  /// The fall in accuracy that is allowed, in points of the test images.
  public var accuracyPoints = 1.0
  /// The one-sided level, after Holm's correction over all heads, at which a larger fall counts.
  public var accuracyLevel = 0.05
  /// The factor by which a time may grow.
  public var latencyRatio = 1.25
  /// The one-sided level of the Mann-Whitney U test at which a larger growth counts.
  public var latencyLevel = 0.002
  /// Stages that take a smaller share of the step are too short to be judged on their own.
  public var leastShare = 0.05
  /// The factor by which peak tensor memory may grow: prefetched batches move it by over a tenth in small models.
  public var memoryRatio = 1.25
  public var instructionRatio = 1.02

  public init() {}
}
