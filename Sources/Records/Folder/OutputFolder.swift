import Files
import Foundation

/// Throws `noOutputFolder` for a folder in which no runs were recorded, `dividedFolder` if those lie in folders within it.
public func requireOutputFolder(_ folder: URL) throws(RecordsError) {
  guard !isAccessible(RecordsFile.runs.url(in: folder).givenPath, F_OK) else { return }
  throw DividedFolder.isOne(folder) ? .dividedFolder(path: folder.path) : .noOutputFolder(path: folder.path)
}

/// Throws `within` if `folder`, behind links, is or would be in `source`, which is only read.
public func requireOutside(_ folder: URL, of source: URL) throws(RecordsError) {
  let (inner, outer) = (try behindLinks(folder), try behindLinks(source))
  let path = inner.resolvingSymlinksInPath().path
  if path.hasPrefix(outer.resolvingSymlinksInPath().path + "/") {
    throw .within(path: folder.path, source: source.path)
  }
}

/// Gives what `make` writes into an empty folder of the same name the place of `folder`, which thus appears whole or not at all, and
/// in place of an older one; nothing happens if `make` gives false.
///
/// Throws `unwritable` if the system refuses or a file lies there, `occupied` for a folder that is not empty unless it is one to be
/// replaced, and what `make` throws.
func writeWholeFolder(_ folder: URL, replacing: Bool = true, make: (URL) throws -> Bool) throws {
  func requireRoom() throws {
    guard isAccessible(folder.givenPath, F_OK) else { return }
    guard isFolder(folder.givenPath) else {
      throw RecordsError.unwritable(path: folder.path, reason: "it is a file, where a folder is needed")
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
