import Files
import Foundation

/// A folder with an output folder for each run of an ablation, on a disk that several machines may share.
///
/// Only adding to the list of cells takes a lock, where the disk supports locks: each cell has one writing process, and
/// the collected results appear atomically.
public struct DividedFolder: Sendable {
  public let url: URL
  public let division: Division

  static let file = "cells.json"
  private static let collectedName = "collected"

  /// Whether the folder `url` is one.
  public static func isOne(_ url: URL) -> Bool { isAccessible(url.appendingPathComponent(file).givenPath, F_OK) }

  /// Throws `collectedFolder` if `folder` is where the runs of a divided folder are collected.
  public static func requireNotCollected(_ folder: URL) throws(RecordsError) {
    let place = try behindLinks(folder)
    let divided = place.deletingLastPathComponent()
    guard place.lastPathComponent == collectedName, isOne(divided) else { return }
    throw .collectedFolder(path: folder.path, divided: divided.path)
  }

  /// Opens the folder `url`; throws `noDividedFolder` if it is not one.
  public init(reading url: URL) throws(RecordsError) {
    self.url = url
    guard Self.isOne(url) else { throw .noDividedFolder(path: url.path) }
    division = try Self.readDivision(from: url.appendingPathComponent(Self.file))
  }

  private static func readDivision(from file: URL) throws(RecordsError) -> Division {
    let division = try readJSON(Division.self, "a divided ablation", from: file)
    // A key names a folder and must not lead elsewhere.
    if let name = division.cells.flatMap({ [$0.key, $0.runID] }).first(where: { !isName($0) }) {
      throw .unreadable(file: file.path, reason: "\(name.debugDescription) is not a name for the folder of a run")
    }
    return division
  }

  /// Opens or creates the folder `url` for the cells of `division` and keeps other cells that it has; what `script`
  /// returns for all of them becomes the scheduler's script.
  ///
  /// Refuses a folder of other files, of another recipe, or of another commit of the program.
  public init(
    at url: URL, for division: Division, script: ((Division) -> String)? = nil
  ) throws(RecordsError) {
    self.url = url
    let path = url.givenPath
    let file = url.appendingPathComponent(Self.file)
    try makeFolder(path, failingAs: RecordsError.self)
    // Several commands may add cells at once: each extends the list and script that the last one wrote.
    let lock = try FolderLock(url, tries: 500)
    defer { withExtendedLifetime(lock) {} }
    if Self.isOne(url) {
      let existing = try Self.readDivision(from: file)
      if let difference = existing.recipe.differences(to: division.recipe).first {
        throw .otherTable(path: url.path, what: difference.key, existing: difference.mine, wanted: difference.others)
      }
      guard existing.hasProgram(of: division) else {
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
    // The list comes first: without it, anything else here would count as foreign files.
    try writeJSON(self.division, to: file)
    try makeFolder(logs.givenPath, failingAs: RecordsError.self)
    if let script {
      try writeWhole(pathBytes(script(self.division)), to: self.script.givenPath, failingAs: RecordsError.self)
    }
  }

  private var logs: URL { url.appendingPathComponent("logs", isDirectory: true) }

  /// The output folder of a cell.
  public func folder(of cell: Division.Cell) -> URL {
    url.appendingPathComponent("cells/\(cell.key)", isDirectory: true)
  }

  /// The log file of a cell's process.
  public func log(of cell: Division.Cell) -> URL { logs.appendingPathComponent("\(cell.key).log") }

  /// The script that a scheduler runs.
  public var script: URL { url.appendingPathComponent("job.sh") }

  /// The output folder of all finished cells.
  public var collected: URL { url.appendingPathComponent(Self.collectedName, isDirectory: true) }
}
