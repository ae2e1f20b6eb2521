import Glibc

/// Makes a folder and those above it.
public func makeFolder<Failure: WriteFailure>(_ path: String, failingAs: Failure.Type) throws(Failure) {
  var made = path.utf8.first == slash ? "" : "."
  for part in path.utf8.split(separator: slash) {
    made += "/" + String(Substring(part))
    // Some systems say that a folder above cannot be written before they say that it is there.
    guard !makeDirectory(made) else { continue }
    let reason = errno == EEXIST ? "\(made) is a file, where a folder is needed" : systemReason()
    guard isFolder(made) else { throw .cannotWrite(path: path, reason: reason) }
  }
}

/// Whether there is a folder, or a link to one.
public func isFolder(_ path: String) -> Bool { fileStatus(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

/// Whether a folder can be read and holds nothing but clutter.
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

/// Removes what is at a path, a folder with all that is in it; links are not followed. False, with `errno` set, if some of it
/// is still there.
@discardableResult
public func removeTree(_ path: String) -> Bool {
  var status = stat()
  guard path.withPath({ lstat($0, &status) }) == 0 else { return errno == ENOENT }
  guard status.st_mode & S_IFMT == S_IFDIR else { return path.withPath { unlink($0) } == 0 }
  for name in folderEntries(path) ?? [] where !removeTree(path + "/" + name) { return false }
  return path.withPath { rmdir($0) } == 0
}

/// Removes a folder in which nothing is left.
public func removeEmptyFolder(_ path: String) { _ = path.withPath { rmdir($0) } }

/// The folder that a path lies in.
public func parentFolder(of path: String) -> String {
  guard let end = path.utf8.lastIndex(of: slash) else { return "." }
  return end == path.startIndex ? "/" : String(path[..<end])
}

// Compared by bytes: as a character, a slash may be one with a mark that the name behind it begins with.
let slash = UInt8(ascii: "/")

/// Makes the names in a folder durable; false, with `errno` set, if the disk fails. Folders that cannot be opened or synced
/// are left as they are.
public func syncFolder(_ path: String) -> Bool {
  let descriptor = openFile(path, O_RDONLY | O_DIRECTORY)
  guard descriptor >= 0 else { return errno != EIO }
  defer { close(descriptor) }
  return syncFile(descriptor)
}
