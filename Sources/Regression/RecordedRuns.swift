import Foundation
import Records

/// The records of one output folder or report, complete and consistent.
public struct RecordedRuns: Sendable {
  public let folder: URL
  public let records: RunRecords
  /// The environments of the commands that wrote into the folder, oldest first; not empty.
  public let environments: [RunEnvironment]

  /// Reads `folder`; throws `NotComparable.noRuns` if it is no output folder, `damaged` if files are absent, unreadable
  /// or contradictory.
  public init(reading folder: URL) throws(NotComparable) {
    self.folder = folder
    do throws(RecordsError) { try requireOutputFolder(folder) } catch { throw .noRuns("\(error)") }
    let read = Result { () throws(RecordsError) in
      (
        try RunRecords(reading: folder),
        try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands
      )
    }
    switch read {
    case .failure(let error): throw .damaged(folder: folder.relativePath, problems: ["\(error)"])
    case .success((_, [])):
      throw .damaged(folder: folder.relativePath, problems: ["environment.json names no command"])
    case .success((let records, let environments)):
      let findings = records.findings + (records.runs.isEmpty ? [Finding(.runs, expected: "runs", found: "none")] : [])
      guard findings.isEmpty else {
        throw .damaged(folder: folder.relativePath, problems: findings.map(\.description))
      }
      (self.records, self.environments) = (records, environments)
    }
  }

  /// The first row of each run, by the run's ID.
  var firstRows: [String: RunRow] { Dictionary(records.runs.map { ($0.runID, $0) }) { first, _ in first } }

  /// The answer of each head of a run for each image.
  func answers(of run: String) -> Set<[String]> {
    Set(records.predictions.lazy.filter { $0.runID == run }.map { [$0.image, $0.head, $0.predicted] })
  }

  /// The hashes of a run's weights after each epoch.
  func fingerprints(of run: String) -> [String] {
    records.fingerprints.filter { $0.runID == run }.map(\.weightsSHA256)
  }
}
