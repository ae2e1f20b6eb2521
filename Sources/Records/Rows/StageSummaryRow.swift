import Files
import Foundation

/// How long one stage takes in the steps of one phase of one run: a row of stages-summary.csv.
public struct StageSummaryRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("phase", \.summary.phase), .init("stage", \.summary.stage),
    .init("steps", \.summary.count), .init("total_ns", \.summary.totalNanoseconds),
    .init("median_ns", \.summary.medianNanoseconds),
    .init("p10_ns", \.summary.p10Nanoseconds), .init("p90_ns", \.summary.p90Nanoseconds),
    .init("median_share", \.summary.medianShare),
  ]
  public static var blank: Self { Self(runID: "", summary: .blank) }

  public var runID: String
  public var summary: StageSummary

  /// The rows for each run of stages.csv, in first-seen order.
  static func rows(of stages: [StageRow]) -> [StageSummaryRow] {
    let runs = Dictionary(grouping: stages, by: \.runID)
    return stages.lazy.map(\.runID).unique().flatMap { run in
      StageSummary.summaries(of: runs[run] ?? []).map { StageSummaryRow(runID: run, summary: $0) }
    }
  }

  /// Summarises the stages.csv in `source`, if there is one, as stages-summary.csv in `folder`; runs of which only a
  /// summary is left, as in a report, keep theirs.
  public static func write(from source: URL, to folder: URL) throws(RecordsError) {
    let samples = RecordsFile.stages.url(in: source)
    guard let stages = try CSVTable.readIfPresent(StageRow.self, from: samples) else { return }
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: source))
    let kept = try summarized(in: source, of: Set(runs.map(\.runID)).subtracting(stages.map(\.runID)))
    try CSVTable.write(rows(of: stages) + kept, to: RecordsFile.stagesSummary.url(in: folder))
  }

  /// The rows of the summary in `folder` for `runs`, which have no samples.
  static func summarized(in folder: URL, of runs: Set<String>) throws(RecordsError) -> [StageSummaryRow] {
    guard !runs.isEmpty else { return [] }
    let rows = try CSVTable.readIfPresent(StageSummaryRow.self, from: RecordsFile.stagesSummary.url(in: folder))
    return (rows ?? []).filter { runs.contains($0.runID) }
  }
}
