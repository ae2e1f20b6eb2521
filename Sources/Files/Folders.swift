import Glibc

/// Creates a folder and its parents.
public func makeFolder<Failure: WriteFailure>(_ path: String, failingAs: Failure.Type) throws(Failure) {
  var made = path.utf8.first == slash ? "" : "."
  for part in path.utf8.split(separator: slash) {
    made += "/" + String(Substring(part))
    // Some systems report that a parent is not writable before they report that the folder exists.
    guard !makeDirectory(made) else { continue }
    let reason = errno == EEXIST ? "\(made) is a file, but a folder is needed" : systemReason()
    guard isFolder(made) else { throw .cannotWrite(path: path, reason: reason) }
  }
}

/// Whether the path is a folder, or a link to one.
public func isFolder(_ path: String) -> Bool { fileStatus(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

/// Whether a folder is readable and holds nothing but clutter.
public func isEmptyFolder(_ path: String) -> Bool { folderEntries(path)?.allSatisfy(isClutter) ?? false }

/// The names in a folder, sorted by their bytes; nil if it cannot be read.
public func folderEntries(_ path: String) -> [String]? {
  guard let folder = path.withPath({ opendir($0) }) else { return nil }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { pathText($0.prefix { $0 != 0 }) }
    if name != "." && name != ".." { names.append(name) }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// Removes a file, or a folder with all its contents, without following links; returns false, with `errno` set, if some
/// of it remains.
@discardableResult
public func removeTree(_ path: String) -> Bool {
  var status = stat()
  guard path.withPath({ lstat($0, &status) }) == 0 else { return errno == ENOENT }
  guard status.st_mode & S_IFMT == S_IFDIR else { return path.withPath { unlink($0) } == 0 }
  for name in folderEntries(path) ?? [] where !removeTree(path + "/" + name) { return false }
  return path.withPath { rmdir($0) } == 0
}

/// Removes a folder if it is empty.
public func removeEmptyFolder(_ path: String) { _ = path.withPath { rmdir($0) } }

/// The parent folder of a path.
public func parentFolder(of path: String) -> String {
  guard let end = path.utf8.lastIndex(of: slash) else { return "." }
  return end == path.startIndex ? "/" : String(path[..<end])
}

// Compared by bytes: as a `Character`, a slash merges with a combining mark that starts the next name.
let slash = UInt8(ascii: "/")

/// Makes a folder's entries durable; false, with `errno` set, if the disk fails. Ignores folders that cannot be opened
/// or synced.
public func syncFolder(_ path: String) -> Bool {
  let descriptor = openFile(path, O_RDONLY | O_DIRECTORY)
  guard descriptor >= 0 else { return errno != EIO }
  defer { close(descriptor) }
  return syncFile(descriptor)
}
