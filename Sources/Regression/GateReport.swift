import Records

/// The findings of a gate, as text, JUnit XML and Markdown.
public struct GateReport: Equatable, Sendable {
  /// What was compared with what.
  public var title = ""
  public var checks: [Check] = []
  /// What was not judged, and why.
  public var notes: [String] = []
  /// Why nothing was judged; nil if something was.
  public var obstacle: NotComparable?
  /// Whether the judged runs became the baseline, whatever the verdict.
  public var isBaseline = false

  public init() {}

  /// A report of runs that cannot be compared.
  public init(obstacle: NotComparable) { self.obstacle = obstacle }

  public enum Verdict: Equatable, Sendable {
    case same
    case regression
    /// Something is better and nothing worse: the baseline should be refreshed.
    case improvement
    case notComparable
  }

  public var verdict: Verdict {
    if obstacle != nil { return .notComparable }
    if checks.contains(where: { $0.outcome == .regression }) { return .regression }
    return checks.contains { $0.outcome == .improvement } ? .improvement : .same
  }

  /// One sentence.
  public var sentence: String {
    func count(_ outcome: Check.Outcome) -> String {
      let count = checks.count { $0.outcome == outcome }
      return "\(count) of \(counted(checks.count, "check"))"
    }
    return switch verdict {
    case .same where checks.isEmpty: "There was nothing to compare\(isBaseline ? " yet" : "")."
    case .same: "Same: no regression in \(counted(checks.count, "check"))."
    case .regression: "REGRESSION in \(count(.regression))."
    case .improvement: "Improvement in \(count(.improvement))."
    case .notComparable: "Not comparable: \(obstacle.map { "\($0)" } ?? "")"
    }
  }

  /// For the terminal: a table of what is not the same, notes, and the sentence.
  public var text: String {
    var table = TextTable(header: ["compared", "", "baseline", "now", "change", "outcome"])
    // Checks with unchanged results are omitted, except whole steps.
    let told = checks.filter { $0.outcome != .same || $0.measure == .latency && $0.subject.hasSuffix(" step") }
    table.rows = told.map(\.cells)
    return (table.rows.isEmpty ? "" : table.text(width: .max) + "\n")
      + notes.map { wrapped("Note: \($0)") }.joined() + wrapped(sentence)
  }
}

extension Check {
  var cells: [String] { [measure.rawValue, subject, baseline, now, change, outcome.rawValue] }
}
