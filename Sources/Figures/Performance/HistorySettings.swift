import Records

/// The work done in a step, on any machine.
struct HistoryWork: Hashable {
  let subject: PerformanceSubject
  let phase: String

  init(_ row: HistoryRow) {
    var subject = row.subject
    (subject.machine, subject.threads, subject.variant, subject.precision) = ("", 0, "", "")
    (self.subject, phase) = (subject, row.summary.phase)
  }

  var title: String {
    subject.title(phase: phase) + (subject.size > 0 ? ", \(subject.size) x \(subject.size)" : "")
  }
}

/// The settings of measurements: shared ones go into the subtitle, others next to the lines.
struct HistorySettings {
  private typealias Part = (HistoryRow) -> String
  let shared: [String]
  private let telling: [Part]

  /// The machine, threads, variant and precision.
  init(of rows: [HistoryRow]) {
    self.init(
      of: rows,
      [
        { $0.subject.machine }, { counted($0.subject.threads, "thread") }, { $0.subject.variant },
        { $0.subject.precision },
      ])
  }

  /// The settings that affect memory; model and phase are always given.
  init(memoryOf rows: [HistoryRow]) {
    self.init(
      of: rows, [{ $0.subject.precision }, { "batch \($0.subject.batch)" }, { "\($0.subject.size) pixels" }],
      always: [{ $0.subject.model }, { $0.summary.phase }])
  }

  private init(of rows: [HistoryRow], _ parts: [Part], always: [Part] = []) {
    func values(_ part: Part) -> [String] { rows.map(part).unique() }
    shared = parts.filter { values($0).count == 1 }.flatMap(values)
    telling = always + parts.filter { values($0).count > 1 }
  }

  /// Distinguishes the lines of a panel.
  static func key(_ row: HistoryRow) -> String {
    "\(row.subject.machine) \(row.subject.threads) \(row.subject.variant) \(row.subject.precision)"
  }

  func words(_ row: HistoryRow) -> String { telling.map { $0(row) }.joined(separator: ", ") }
  func text(_ row: HistoryRow) -> String { words(row).shortened(to: 36) }
}
