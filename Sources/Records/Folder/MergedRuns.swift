import Files
import Foundation

/// The finished runs of several output folders of one table, such as seeds that were made on several machines.
public struct MergedRuns {
  private struct Part {
    let folder: URL
    /// Of finished runs alone, and without those that a folder before it has.
    var records: RunRecords
  }

  private let parts: [Part]

  /// Reads the folders, which may be written to meanwhile.
  ///
  /// A run that several of them have must be the same in all, to the bit of its weights after each epoch and of its predictions;
  /// it is taken from the first. Throws `unmergeable` for a folder of another recipe or dataset version, a damaged one, and
  /// another run of the same name, `noOutputFolder` and `dividedFolder`.
  public init(of folders: [URL]) throws(RecordsError) {
    var parts: [Part] = []
    for folder in folders {
      var records = try Self.read(folder)
      for before in parts { records = try Self.without(before, records, of: folder) }
      parts.append(Part(folder: folder, records: records))
    }
    self.parts = parts
  }

  private static func read(_ folder: URL) throws(RecordsError) -> RunRecords {
    guard isAccessible(RecordsFile.runs.url(in: folder).givenPath, F_OK) else {
      throw DividedFolder.isOne(folder) ? .dividedFolder(path: folder.path) : .noOutputFolder(path: folder.path)
    }
    let all = try RunRecords(reading: folder)
    let records = all.only(all.runIDs)
    if let finding = (records.findings + (try Manifest.changes(in: folder))).first {
      throw .unmergeable(path: folder.path, reason: "\(finding)")
    }
    return records
  }

  /// What `records`, of `folder`, has beside `before`.
  private static func without(
    _ before: Part, _ records: RunRecords, of folder: URL
  ) throws(RecordsError) -> RunRecords {
    if let difference = before.records.recipe.differences(to: records.recipe).first {
      throw .unmergeable(
        path: folder.path,
        reason: "its \(difference.key) is '\(difference.others)', that of \(before.folder.path) '\(difference.mine)'")
    }
    let both = records.runIDs.filter(Set(before.records.runIDs).contains)
    for run in both {
      if let what = before.records.only([run]).difference(to: records.only([run])) {
        throw .unmergeable(
          path: folder.path, reason: "\(run) is in \(before.folder.path) too, and has other \(what) there")
      }
    }
    return records.only(Set(records.runIDs).subtracting(both))
  }

  /// The runs, by seed, and of one seed by variant in the order in which the folders have them.
  private var order: [(run: String, part: Part)] {
    let runs = parts.flatMap { part in
      part.records.runIDs.compactMap { run in
        part.records.runs.first { $0.runID == run }.map { (row: $0, part: part) }
      }
    }
    let cells = runs.map(\.row.cell).unique()
    func place(_ row: RunRow) -> (UInt64, Int) { (row.seed, cells.firstIndex(of: row.cell) ?? 0) }
    return runs.sorted { place($0.row) < place($1.row) }.map { ($0.row.runID, $0.part) }
  }

  /// Writes all runs, and what `drawUp` makes of them there, into `folder`, which appears whole, behind links: the runs' rows, models,
  /// commands and what became of initial weights. Gives their number.
  ///
  /// Throws `occupied` if anything lies there, and what `drawUp` throws.
  public func write(to folder: URL, drawUp: (URL) throws -> Void) throws -> Int {
    guard let recipe = parts.first?.records.recipe else { return 0 }
    let folder = try behindLinks(folder)
    if isAccessible(folder.givenPath, F_OK) {
      let found = try visibleNames(in: folder)
      guard found.isEmpty else { throw RecordsError.occupied(path: folder.path, found: found) }
    }
    let workshop = folder.deletingLastPathComponent().appendingPathComponent(temporaryName(), isDirectory: true)
    defer { removeTree(workshop.givenPath) }
    let staging = workshop.appendingPathComponent(folder.lastPathComponent, isDirectory: true)
    let runs = order
    do {
      let store = try RunStore(at: staging, key: recipe.table)
      try store.record(recipe)
      for (run, part) in runs { try store.append(part.records.only([run])) }
      for part in parts { try store.take(from: part.folder) }
    }
    try drawUp(staging)
    guard replaceFolder(folder.givenPath, by: staging.givenPath) else {
      throw RecordsError.unwritable(path: folder.path, reason: systemReason())
    }
    return runs.count
  }
}

extension RunRecords {
  /// What of one run is not the same in two folders, in words; nil if all is.
  fileprivate func difference(to other: RunRecords) -> String? {
    for (mine, others) in zip(fingerprints, other.fingerprints) where mine != others {
      return "weights after epoch \(mine.epoch)"
    }
    if fingerprints.count != other.fingerprints.count { return "epochs" }
    return predictions == other.predictions ? nil : "predictions"
  }
}
