import Glibc

/// Writes files whole: a reader finds the old bytes or the new ones, never a part.
enum WholeFile {
  /// Writes to a temporary file beside `path`, then renames it; throws `cannotWrite`.
  static func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
    let temporary = path + ".\(getpid()).tmp"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .cannotWrite(path: path, reason: systemMessage()) }
    let written = writeAll(bytes, to: file) && fsync(file) == 0
    let reason = systemMessage()
    let closed = close(file) == 0
    guard written, closed, rename(temporary, path) == 0 else {
      let failure = written ? systemMessage() : reason
      unlink(temporary)
      throw .cannotWrite(path: path, reason: failure)
    }
  }

  static func write(_ text: String, to path: String) throws(DatasetError) {
    try write(Array(text.utf8), to: path)
  }

  /// Makes a folder and those above it; throws `cannotWrite`.
  static func makeFolder(_ path: String) throws(DatasetError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
        throw .cannotWrite(path: path, reason: systemMessage())
      }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .cannotWrite(path: path, reason: "there is a file of that name")
    }
  }

  /// Whether a folder can be read and holds nothing.
  static func isEmptyFolder(_ path: String) -> Bool {
    guard let folder = opendir(path) else { return false }
    defer { closedir(folder) }
    var entries = 0
    while readdir(folder) != nil { entries += 1 }
    return entries == 2  // itself and the one above
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count >= 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }
}
