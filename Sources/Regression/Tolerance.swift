/// How much worse something may be before it is a regression.
public struct Tolerance: Equatable, Sendable {
  /// Whether weights have to be equal to the bit.
  public enum Bits: String, CaseIterable, Sendable {
    case require, report
  }

  /// Whether times are gated or only told.
  public enum Latency: String, CaseIterable, Sendable {
    case gate, report
  }

  /// Nil: required where both runs round alike by their environments.
  public var bits: Bits?
  /// Nil: gated where both were timed on one machine.
  public var latency: Latency?
  /// An accuracy may fall by so many points of the test images.
  public var accuracyPoints = 1.0
  /// The one-sided level, after Holm's correction over all heads, at which a larger fall counts.
  public var accuracyLevel = 0.05
  /// A time may grow by this factor.
  public var latencyRatio = 1.25
  /// The one-sided level of Mann and Whitney's test at which a larger growth counts.
  public var latencyLevel = 0.002
  /// Stages that take a smaller share of the step are too short to be judged on their own.
  public var leastShare = 0.05
  /// The tensors' peak may grow by this factor: how many batches are read ahead moves it by more than a tenth in small models.
  public var memoryRatio = 1.25
  public var instructionRatio = 1.02

  public init() {}
}
