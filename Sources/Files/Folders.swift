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
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether a folder can be read and holds nothing.
public func isEmptyFolder(_ path: String) -> Bool { folderEntries(path)?.isEmpty ?? false }

/// The names in a folder, sorted by their bytes; nil if it cannot be read.
public func folderEntries(_ path: String) -> [String]? {
  guard let folder = opendir(path) else { return nil }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
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
