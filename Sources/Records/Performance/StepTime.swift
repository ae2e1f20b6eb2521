import Statistics

/// How long a step of one subject takes, over all its steps and rounds.
public struct StepTime: Equatable, Sendable {
  public let subject: PerformanceSubject
  public let phase: String
  public let count: Int
  public let medianNanoseconds: Double
  public let p10Nanoseconds: Double
  public let p90Nanoseconds: Double
  /// The median of each round, by its number.
  public let roundMedians: [Int: Double]
  /// Final if every step is.
  public let status: PerformanceRow.Status
  public let peakResidentBytes: Int?
  /// The longest time from a process's start to its first step: what it compiles is cached for the next one.
  public let startUpNanoseconds: Int?

  /// The times of whole steps in `rows`, one for each subject and phase, in first-seen order.
  public static func times(of rows: [PerformanceRow]) -> [StepTime] {
    struct Key: Hashable {
      let subject: PerformanceSubject
      let phase: String

      init(_ row: PerformanceRow) {
        subject = row.subject
        phase = row.phase
      }
    }
    let steps = rows.filter { $0.stage == StageRow.wholeStep }
    let groups = Dictionary(grouping: steps, by: Key.init)
    return steps.map(Key.init).unique().compactMap { key in
      groups[key].flatMap { StepTime(subject: key.subject, phase: key.phase, steps: $0) }
    }
  }

  private init?(subject: PerformanceSubject, phase: String, steps: [PerformanceRow]) {
    func quantile(_ q: Double, of rows: [PerformanceRow]) -> Double? {
      Statistics.quantile(q, ofSorted: rows.map { Double($0.durationNanoseconds) }.sorted())
    }
    guard let median = quantile(0.5, of: steps), let p10 = quantile(0.1, of: steps), let p90 = quantile(0.9, of: steps)
    else { return nil }
    // A damaged file may contain a step of zero time, which has no logarithm or ratio.
    guard p10 > 0 else { return nil }
    self.subject = subject
    self.phase = phase
    count = steps.count
    medianNanoseconds = median
    p10Nanoseconds = p10
    p90Nanoseconds = p90
    roundMedians = Dictionary(grouping: steps, by: \.round).compactMapValues { quantile(0.5, of: $0) }
    status = steps.allSatisfy { $0.status == .final } ? .final : .busy
    peakResidentBytes = steps.compactMap(\.peakResidentBytes).max()
    startUpNanoseconds = steps.compactMap(\.startUpNanoseconds).max()
  }
}
