import Files
import Foundation

/// The finished runs of several output folders with the same table, such as seeds trained on several machines.
public struct MergedRuns {
  /// Each folder once, even if given by several paths.
  private let folders: [URL]
  /// Each run once, in the order of the folders, with the folder it is taken from; at least one.
  private let runs: [(run: RunRecords, folder: URL)]

  /// Reads the folders, which may be written to meanwhile; if `variants` are given, only their runs.
  ///
  /// A run found in several folders must be the same in all, to the bit of its weights after each epoch and of its
  /// predictions; it is taken from the first. Throws `unmergeable` for a folder with another recipe or dataset version,
  /// a damaged one, a different run of the same name, or if no run of a given variant, or none at all, is finished; and
  /// `noOutputFolder` and `dividedFolder`.
  public init(of folders: [URL], variants: [String]? = nil) throws(RecordsError) {
    var merged: [(run: RunRecords, folder: URL)] = []
    var found: [String] = []
    let folders = folders.indices.filter { index in
      !folders[..<index].contains { isSameFile($0.givenPath, folders[index].givenPath) }
    }.map { folders[$0] }
    for folder in folders {
      let all = try Self.read(folder)
      found += all.map { $0.runs[0].variant }
      let runs = all.filter { variants?.contains($0.runs[0].variant) ?? true }
      let known = Dictionary(uniqueKeysWithValues: merged.map { ($0.run.runIDs[0], $0) })
      for run in runs {
        if let (first, place) = merged.first, let difference = first.recipe.differences(to: run.recipe).first {
          throw .unmergeable(
            path: folder.path,
            reason:
              "its \(difference.key) is '\(difference.others)', but '\(difference.mine)' in \(place.path): leave it out"
          )
        }
        let name = run.runIDs[0]
        guard let (same, place) = known[name] else {
          merged.append((run, folder))
          continue
        }
        if let what = same.difference(to: run) {
          throw .unmergeable(
            path: folder.path, reason: "\(name) is also in \(place.path), with other \(what): leave it out")
        }
      }
    }
    let missing = (variants ?? []).filter { !found.contains($0) }
    guard !merged.isEmpty, missing.isEmpty else {
      throw .unmergeable(
        path: folders.map(\.path).joined(separator: ", "),
        reason: "no run\(missing.isEmpty ? "" : " of \(missing.joined(separator: ", "))") is finished there"
          + (found.isEmpty ? "" : "; those that are: \(found.unique().joined(separator: ", "))"))
    }
    (self.folders, runs) = (folders, merged)
  }

  /// The finished runs of a folder.
  private static func read(_ folder: URL) throws(RecordsError) -> [RunRecords] {
    try requireOutputFolder(folder)
    let records = try RunRecords(reading: folder).ofFinishedRuns
    if let finding = (records.findings + (try Manifest.changes(in: folder))).first {
      throw .unmergeable(path: folder.path, reason: "\(finding); restore it from its source, or leave it out")
    }
    return records.ofEachRun
  }

  /// The runs sorted by seed, then by cell in the order of the folders.
  private var order: [RunRecords] {
    let runs = runs.map(\.run)
    let cells = runs.map { $0.runs[0].cell }.unique()
    func place(_ run: RunRecords) -> (UInt64, Int) { (run.runs[0].seed, cells.firstIndex(of: run.runs[0].cell) ?? 0) }
    return runs.sorted { place($0) < place($1) }
  }

  /// Writes all runs, and what `drawUp` derives from them, into `folder`: their rows, models, commands and lists of
  /// loaded initial weights. Returns the number of runs and of the folders that they come from.
  ///
  /// `folder` appears atomically, with links followed. Throws `occupied` if it is not empty, and errors of `drawUp`.
  public func write(to folder: URL, drawUp: (URL) throws -> Void) throws -> (runs: Int, folders: Int) {
    let folder = try behindLinks(folder)
    for part in folders { try requireOutside(folder, of: part) }
    try writeWholeFolder(folder, replacing: false) { staging in
      try takeAll(to: RunStore(at: staging, of: runs[0].run.recipe))
      try drawUp(staging)
      return true
    }
    return (runs.count, runs.map(\.folder).unique().count)
  }

  private func takeAll(to store: RunStore) throws(RecordsError) {
    for run in order { try store.append(run) }
    var summaries: [StageSummaryRow] = []
    for folder in folders {
      let taken = runs.filter { $0.folder == folder }.map(\.run)
      guard !taken.isEmpty else { continue }
      try store.take(from: folder, of: taken)
      let unsampled = taken.filter(\.stages.isEmpty).map { $0.runIDs[0] }
      summaries += try StageSummaryRow.summarized(in: folder, of: Set(unsampled))
    }
    try CSVTable.write(summaries, to: RecordsFile.stagesSummary.url(in: store.folder))
  }
}

extension RunRecords {
  /// Says in words what differs between two copies of a run; nil if nothing does.
  fileprivate func difference(to other: RunRecords) -> String? {
    for (mine, others) in zip(fingerprints, other.fingerprints) where mine != others {
      return "weights after epoch \(mine.epoch)"
    }
    if fingerprints.count != other.fingerprints.count { return "epochs" }
    return predictions == other.predictions ? nil : "predictions"
  }
}
