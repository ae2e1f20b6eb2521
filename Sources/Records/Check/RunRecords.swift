import Foundation

/// The raw files of a report, to be checked against each other.
public struct RunRecords: Sendable {
  public let recipe: ResolvedRecipe
  public let runs: [RunRow]
  let epochs: [EpochRow]
  public let predictions: [PredictionRow]
  public let fingerprints: [FingerprintRow]
  /// Empty where only the summary of a long stages.csv was kept.
  public let stages: [StageRow]
  /// Empty in older folders.
  public let memory: [MemoryRow]
  /// Empty in older folders, and if no network looks at peaks.
  let sampling: [SamplingRow]

  /// All inconsistencies among the files.
  public var findings: [Finding] {
    tableFindings + strangerFindings + runIDs.flatMap(factFindings) + runIDs.flatMap(epochFindings)
      + predictionFindings
  }

  /// The runs of runs.csv, in its order.
  public var runIDs: [String] { runs.map(\.runID).unique() }

  /// The heads of a run, the predicting head first.
  public func heads(of run: String) -> [String] {
    runs.filter { $0.runID == run && $0.metric == Metric.top1 }.compactMap(\.head).unique()
  }

  public func isFinished(_ run: String) -> Bool { runs.first { $0.runID == run }?.status == .finished }

  /// Checks that every row belongs to the table of recipe.json.
  private var tableFindings: [Finding] {
    runs.enumerated().compactMap { index, row in
      row.table.difference(to: recipe.table).map { what, found, expected in
        Finding(.runs, "\(RunRow.line(ofRow: index)), \(what)", expected: expected, found: found)
      }
    }
  }

  /// Checks that rows of other files belong to runs of runs.csv, and that no row of stages.csv is repeated.
  private var strangerFindings: [Finding] {
    let known = Set(runs.map(\.runID))
    func strangers<Row: LogRow>(_ rows: [Row]) -> [Finding] {
      var told: Set<String> = []
      return rows.enumerated().compactMap { index, row in
        guard !known.contains(row.runID), told.insert(row.runID).inserted else { return nil }
        return Finding(Row.file, Row.line(ofRow: index), expected: "a run of runs.csv", found: row.runID)
      }
    }
    return strangers(epochs) + strangers(predictions) + strangers(fingerprints) + strangers(stages) + strangers(memory)
      + strangers(sampling)
      + repetitions(in: .stages, stages) {
        [$0.runID, $0.phase, "\($0.step)", $0.stage]
      } describe: {
        "\($0.stage) in \($0.phase) step \($0.step) of \($0.runID)"
      }
  }
}

extension RunRecords {
  public init(reading folder: URL) throws(RecordsError) {
    self.init(
      recipe: try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder)),
      runs: try CSVTable.read(from: RecordsFile.runs.url(in: folder)),
      epochs: try Self.rows(in: folder), predictions: try Self.rows(in: folder),
      fingerprints: try Self.rows(in: folder),
      stages: try Self.rowsIfThere(in: folder), memory: try Self.rowsIfThere(in: folder),
      sampling: try Self.rowsIfThere(in: folder))
  }

  private static func rows<Row: LogRow>(in folder: URL) throws(RecordsError) -> [Row] {
    try CSVTable.read(from: Row.file.url(in: folder))
  }

  private static func rowsIfThere<Row: LogRow>(in folder: URL) throws(RecordsError) -> [Row] {
    try CSVTable.readIfPresent(from: Row.file.url(in: folder)) ?? []
  }
}
