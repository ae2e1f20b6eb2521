import Foundation

/// Renames a folder to `target`, replacing an existing folder, which is deleted once the new name is durable; false,
/// with `errno` set and the old folder restored, if the system refuses.
///
/// If the file system supports it, `target` exists at every moment, and a killed process leaves the old or the new
/// folder there. If several processes do this at once, without locks, each succeeds, and the last one's folder stays.
public func replaceFolder(_ target: String, by folder: String) -> Bool {
  for _ in 0..<100 {
    // An empty folder can be replaced directly.
    if renameFile(folder, to: target) { return makeDurable(target) { _ = renameFile(target, to: folder) } }
    guard isOccupied(errno) else { return false }
    if exchangeFiles(folder, target) {
      guard makeDurable(target, orUndo: { _ = exchangeFiles(folder, target) }) else { return false }
      removeTree(folder)
      return true
    }
    let old = parentFolder(of: target) + "/" + temporaryName()
    guard renameFile(target, to: old) else {
      // Another process has just moved it away.
      guard errno == ENOENT else { return false }
      continue
    }
    let isDone = renameFile(folder, to: target)
    let reason = errno
    guard isDone || isOccupied(reason) else {
      _ = renameFile(old, to: target)
      errno = reason
      return false
    }
    func putBack() { _ = renameFile(target, to: folder) && renameFile(old, to: target) }
    guard !isDone || makeDurable(target, orUndo: putBack) else { return false }
    removeTree(old)
    if isDone { return true }
  }
  return false
}

/// Makes a name durable; otherwise calls `undo` and returns false with `errno` set.
private func makeDurable(_ path: String, orUndo undo: () -> Void) -> Bool {
  guard !syncFolder(parentFolder(of: path)) else { return true }
  let reason = errno
  undo()
  errno = reason
  return false
}

/// Whether a rename failed because the name is taken, perhaps by a link.
private func isOccupied(_ error: Int32) -> Bool { [ENOTEMPTY, EEXIST, ENOTDIR].contains(error) }

/// Hard-links a file, or a folder's contents one by one; copies where the file system has no such links.
public func linkTree<Failure: WriteFailure>(
  _ path: String, to target: String, failingAs: Failure.Type
) throws(Failure) {
  if isFolder(path) {
    try makeFolder(target, failingAs: Failure.self)
    for name in folderEntries(path) ?? [] {
      try linkTree(path + "/" + name, to: target + "/" + name, failingAs: Failure.self)
    }
  } else if path.withPath({ path in target.withPath { link(path, $0) } }) != 0 {
    let data: Data
    do throws(ReadFailure) { data = try readWhole(path) } catch {
      throw .cannotWrite(path: target, reason: "\(path) cannot be read: \(error.reason)")
    }
    try writeWhole(data, to: target, failingAs: Failure.self)
  }
}
