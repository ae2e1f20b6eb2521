import Files
import Foundation

/// A folder in which each run of an ablation has an output folder of its own, on a disk that several machines may share.
///
/// Nothing in it is locked: one process writes to a cell, and what is collected of all cells appears whole.
public struct DividedFolder: Sendable {
  public let url: URL
  public let division: Division

  static let file = "cells.json"

  /// Whether the folder `url` is one.
  public static func isOne(_ url: URL) -> Bool { isAccessible(url.appendingPathComponent(file).givenPath, F_OK) }

  /// Opens the folder `url`; throws `noDividedFolder` if it is none.
  public init(reading url: URL) throws(RecordsError) {
    self.url = url
    let file = url.appendingPathComponent(Self.file)
    guard isAccessible(file.givenPath, F_OK) else { throw .noDividedFolder(path: url.path) }
    division = try readJSON(Division.self, "a divided ablation", from: file)
  }

  /// Opens the folder `url`, or creates it, for the cells of `division`; others that it has stay.
  ///
  /// Refuses a folder of other files, of another recipe, and of another commit of the program.
  public init(at url: URL, for division: Division) throws(RecordsError) {
    self.url = url
    let path = url.givenPath
    let file = url.appendingPathComponent(Self.file)
    try makeFolder(path, failingAs: RecordsError.self)
    if isAccessible(file.givenPath, F_OK) {
      let existing = try readJSON(Division.self, "a divided ablation", from: file)
      if let difference = existing.recipe.differences(to: division.recipe).first {
        throw .otherTable(path: url.path, what: difference.key, existing: difference.mine, wanted: difference.others)
      }
      guard existing.commit == division.commit else {
        throw .otherCommit(
          path: url.path, existing: RunEnvironment.Commit.text(existing.commit),
          wanted: RunEnvironment.Commit.text(division.commit))
      }
      self.division = existing.joined(by: division)
    } else {
      guard let entries = folderEntries(path) else { throw .unwritable(path: url.path, reason: systemReason()) }
      guard !entries.contains(RecordsFile.runs.rawValue) else { throw .undividedFolder(path: url.path) }
      let foreign = RunStore.foreign(entries, in: path)
      guard foreign.isEmpty else { throw .foreignFolder(path: url.path, found: foreign) }
      self.division = division
    }
    try makeFolder(logs.givenPath, failingAs: RecordsError.self)
    try writeJSON(self.division, to: file)
  }

  private var logs: URL { url.appendingPathComponent("logs", isDirectory: true) }

  /// The output folder of a cell.
  public func folder(of cell: Division.Cell) -> URL {
    url.appendingPathComponent("cells/\(cell.key)", isDirectory: true)
  }

  /// What the process of a cell says.
  public func log(of cell: Division.Cell) -> URL { logs.appendingPathComponent("\(cell.key).log") }

  /// What a scheduler runs.
  public var script: URL { url.appendingPathComponent("job.sh") }

  /// The output folder of all finished cells.
  public var collected: URL { url.appendingPathComponent("collected", isDirectory: true) }
}
