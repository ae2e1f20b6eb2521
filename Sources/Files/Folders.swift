import Foundation

/// Makes a folder and those above it.
public func makeFolder<Failure: WriteFailure>(_ path: String, failingAs: Failure.Type) throws(Failure) {
  var made = path.hasPrefix("/") ? "" : "."
  for part in path.split(separator: "/") {
    made += "/" + part
    // Some systems say that a folder above cannot be written before they say that it is there.
    guard mkdir(made, 0o755) == 0 || isFolder(made) || errno == EEXIST else {
      throw .cannotWrite(path: path, reason: systemReason())
    }
  }
  guard isFolder(path) else { throw .cannotWrite(path: path, reason: "there is a file of that name") }
}

/// Whether there is a folder, or a link to one.
public func isFolder(_ path: String) -> Bool {
  var status = stat()
  return path.withPath { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether the process may do with what is at the path as `mode` says: F_OK, R_OK, W_OK, X_OK.
public func isAccessible(_ path: String, _ mode: Int32) -> Bool { path.withPath { access($0, mode) } == 0 }

/// Opens a file; no program that is started inherits it.
public func openFile(_ path: String, _ flags: Int32, mode: mode_t = 0o666) -> Int32 {
  path.withPath { open($0, flags | O_CLOEXEC, mode) }
}

/// Whether a folder can be read and holds nothing.
public func isEmptyFolder(_ path: String) -> Bool { folderEntries(path)?.isEmpty ?? false }

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

/// The folder that a path lies in.
public func parentFolder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Makes the names in a folder durable; file systems that cannot do that are left as they are.
public func syncFolder(_ path: String) {
  let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
