import Foundation

/// One thing that was compared, and what came of it.
public struct Check: Equatable, Sendable {
  /// What was compared.
  public enum Measure: String, CaseIterable, Sendable {
    case accuracy, weights, latency, memory, allocations, instructions
  }

  /// What came of it, in fixed words.
  public enum Outcome: String, CaseIterable, Sendable {
    case same
    case regression
    case improvement
    /// Told, and not judged.
    case reported = "not gated"
  }

  public let measure: Measure
  /// Of what: a variant and head, a run, a stage.
  public let subject: String
  public let baseline: String
  public let now: String
  public let change: String
  public let outcome: Outcome
}

extension Check {
  /// A number of which less is better, held against a factor by which it may grow.
  static func ratio(
    _ measure: Measure, _ subject: String, _ baseline: Int, _ now: Int, allowed: Double, unit: String = ""
  ) -> Check {
    let ratio = baseline > 0 ? Double(now) / Double(baseline) : now > 0 ? .infinity : 1
    return Check(
      measure: measure, subject: subject, baseline: "\(baseline)\(unit)", now: "\(now)\(unit)", change: times(ratio),
      outcome: ratio > allowed ? .regression : ratio < 1 / allowed ? .improvement : .same)
  }
}

/// A factor as it is written everywhere: "1.250 x".
func times(_ ratio: Double) -> String { decimal(ratio, 3) + " x" }

/// A number with so many decimals.
func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
