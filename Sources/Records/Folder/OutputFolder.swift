import Files
import Foundation

/// Throws `noOutputFolder` if no runs were recorded in `folder`, or `dividedFolder` if they are in folders within it.
public func requireOutputFolder(_ folder: URL) throws(RecordsError) {
  guard !isAccessible(RecordsFile.runs.url(in: folder).givenPath, F_OK) else { return }
  throw DividedFolder.isOne(folder) ? .dividedFolder(path: folder.path) : .noOutputFolder(path: folder.path)
}

/// Throws `within` if `folder`, with symbolic links resolved, is or would be inside `source`, which is only read.
public func requireOutside(_ folder: URL, of source: URL) throws(RecordsError) {
  let (inner, outer) = (try behindLinks(folder), try behindLinks(source))
  let path = inner.resolvingSymlinksInPath().path
  if path.hasPrefix(outer.resolvingSymlinksInPath().path + "/") {
    throw .within(path: folder.path, source: source.path)
  }
}

/// Throws `lostRuns` if the folder to replace has finished runs other than `kept`; a missing or damaged table has none.
func requireNoOtherRuns(in folder: URL, than kept: Set<String>) throws(RecordsError) {
  let rows = (try? CSVTable.read(RunRow.self, from: RecordsFile.runs.url(in: folder))) ?? []
  let lost = rows.map(\.runID).unique().filter { !kept.contains($0) }
  guard lost.isEmpty else { throw .lostRuns(path: folder.path, runs: lost) }
}

/// Writes a folder atomically: `make` fills an empty folder of the same name, which then takes the place of `folder`;
/// nothing happens if `make` returns false.
///
/// Throws `unwritable` if the system refuses or a file is in the way, `occupied` if `folder` is not empty and is not
/// `replacing` an older one, and any error of `make`.
func writeWholeFolder(_ folder: URL, replacing: Bool = true, make: (URL) throws -> Bool) throws {
  func requireRoom() throws {
    guard isAccessible(folder.givenPath, F_OK) else { return }
    guard isFolder(folder.givenPath) else {
      throw RecordsError.unwritable(path: folder.path, reason: "it is a file, but a folder is needed")
    }
    let found = replacing ? [] : try visibleNames(in: folder)
    guard found.isEmpty else { throw RecordsError.occupied(path: folder.path, found: found) }
  }
  try requireRoom()
  let parent = folder.deletingLastPathComponent()
  removeTemporaries(in: parent.givenPath, untouchedFor: 24 * 3600)
  let workshop = parent.appendingPathComponent(temporaryName(), isDirectory: true)
  defer { removeTree(workshop.givenPath) }
  let staging = workshop.appendingPathComponent(folder.lastPathComponent, isDirectory: true)
  try makeFolder(staging.givenPath, failingAs: RecordsError.self)
  guard try make(staging) else { return }
  let isDone =
    replacing
    ? replaceFolder(folder.givenPath, by: staging.givenPath)
    : renameFile(staging.givenPath, to: folder.givenPath) && syncFolder(parent.givenPath)
  guard isDone else {
    let reason = systemReason()
    // Another process may have been faster.
    try requireRoom()
    throw RecordsError.unwritable(path: folder.path, reason: reason)
  }
}
