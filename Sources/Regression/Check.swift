import Foundation

/// One comparison and its outcome.
public struct Check: Equatable, Sendable {
  /// What was compared.
  public enum Measure: String, CaseIterable, Sendable {
    case accuracy, weights, latency, memory, allocations, instructions
  }

  /// The outcome, in fixed words.
  public enum Outcome: String, CaseIterable, Sendable {
    case same
    case regression
    case improvement
    /// Reported but not judged.
    case reported = "not gated"
  }

  public let measure: Measure
  /// The variant and head, run or stage that was compared.
  public let subject: String
  public let baseline: String
  public let now: String
  public let change: String
  public let outcome: Outcome
}

extension Check {
  /// Checks a number, of which less is better, against the factor by which it may grow.
  static func ratio(
    _ measure: Measure, _ subject: String, _ baseline: Int, _ now: Int, allowed: Double, unit: String = ""
  ) -> Check {
    let ratio = baseline > 0 ? Double(now) / Double(baseline) : now > 0 ? .infinity : 1
    return Check(
      measure: measure, subject: subject, baseline: "\(baseline)\(unit)", now: "\(now)\(unit)", change: times(ratio),
      outcome: ratio > allowed ? .regression : ratio < 1 / allowed ? .improvement : .same)
  }
}

/// A factor as written everywhere: "1.250 x".
func times(_ ratio: Double) -> String { decimal(ratio, 3) + " x" }

/// A number with `digits` decimals.
func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
