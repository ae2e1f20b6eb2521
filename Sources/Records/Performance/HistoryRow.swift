/// How long one stage took at one commit on one machine: a row of history.csv, which grows with every measurement.
public struct HistoryRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("commit", \.commit), .init("commit_date", \.commitDate), .init("measured", \.measured),
    .init("machine", \.subject.machine), .init("threads", \.subject.threads),
    .init("instruction_set", \.subject.variant), .init("precision", \.subject.precision),
    .init("model", \.subject.model), .init("backbone", \.subject.backbone),
    .init("size", \.subject.size), .init("batch", \.subject.batch), .init("smoothing", \.subject.smoothing),
    .init("grid", \.subject.grid), .init("phase", \.summary.phase), .init("stage", \.summary.stage),
    .init("steps", \.summary.count), .init("median_ns", \.summary.medianNanoseconds),
    .init("p10_ns", \.summary.p10Nanoseconds), .init("p90_ns", \.summary.p90Nanoseconds),
    .init("peak_tensor_bytes", \.peakTensorBytes), .init("peak_rss_bytes", \.peakResidentBytes),
    .init("status", \.status),
  ]
  public static var blank: Self {
    Self(commit: "", commitDate: "", measured: "", subject: .blank, summary: .blank, status: .busy)
  }

  /// The program's full commit hash.
  public var commit: String
  /// The times of the commit and of the measurement, in UTC.
  public var commitDate: String
  public var measured: String
  /// The work, and where it was done.
  public var subject: PerformanceSubject
  public var summary: StageSummary
  public var peakTensorBytes: Int?
  public var peakResidentBytes: Int?
  /// Final if every step is.
  public var status: PerformanceRow.Status

  init(
    commit: String, commitDate: String, measured: String, subject: PerformanceSubject, summary: StageSummary,
    status: PerformanceRow.Status
  ) {
    (self.commit, self.commitDate, self.measured) = (commit, commitDate, measured)
    (self.subject, self.summary, self.status) = (subject, summary, status)
  }

  /// A row for each stage of one measurement.
  public static func rows(
    of measurement: [PerformanceRow], commit: String, commitDate: String, measured: String
  ) -> [HistoryRow] {
    guard var subject = measurement.first?.subject else { return [] }
    // The commit has a column of its own.
    (subject.implementation, subject.version, subject.limit) = ("", "", nil)
    let status: PerformanceRow.Status = measurement.allSatisfy { $0.status == .final } ? .final : .busy
    return StageSummary.summaries(of: measurement.map(StageRow.init)).map { summary in
      var row = HistoryRow(
        commit: commit, commitDate: commitDate, measured: measured, subject: subject, summary: summary, status: status)
      row.peakTensorBytes = measurement.compactMap(\.peakTensorBytes).max()
      row.peakResidentBytes = measurement.compactMap(\.peakResidentBytes).max()
      return row
    }
  }
}

extension StageRow {
  /// Converts a row of one round, which takes the place of a run.
  public init(_ row: PerformanceRow) {
    self.init(
      runID: "\(row.round)", phase: row.phase, step: row.step, stage: row.stage,
      durationNanoseconds: row.durationNanoseconds)
  }
}
