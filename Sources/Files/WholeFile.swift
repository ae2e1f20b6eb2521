import Foundation

/// A file that appears under its name whole or not at all: written beside it, flushed to the disk, then renamed.
public struct WholeFile<Failure: WriteFailure>: ~Copyable {
  private let path: String
  /// Where the bytes gather until `commit`; a library that wants a path of its own may write there.
  public let temporaryPath: String
  private let descriptor: Int32

  /// Starts a file that `commit` will put at `path`; until then, and if it never comes, what is at `path` stays.
  public init(path: String) throws(Failure) {
    let destination = try WholeFile.destination(path)
    // Hidden, and a clash of 64 random bits is an error of the system like any other.
    let name = ".\(String(UInt64.random(in: .min ... .max), radix: 16)).tmp"
    let temporaryPath = parentFolder(of: destination) + "/" + name
    let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    self.path = destination
    self.temporaryPath = temporaryPath
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
    unlink(temporaryPath)
  }

  /// Appends the bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    guard writeAll(bytes, to: descriptor) else { throw .cannotWrite(path: path, reason: systemReason()) }
  }

  /// Appends the bytes.
  public func write(_ bytes: some ContiguousBytes) throws(Failure) {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(Failure) in try write(bytes) } }
    try result.get()
  }

  /// Puts the file under its name, replacing what was there.
  public consuming func commit() throws(Failure) {
    // Opened anew: a library may have put another file at the temporary path.
    let written = open(temporaryPath, O_RDONLY | O_CLOEXEC)
    defer { close(written) }
    guard written >= 0, fsync(written) == 0, rename(temporaryPath, path) == 0 else {
      throw .cannotWrite(path: path, reason: systemReason())
    }
    syncFolder(parentFolder(of: path))
  }

  /// The path behind links, checked to be free or a regular file: a rename would replace a link or a device by a file.
  private static func destination(_ path: String) throws(Failure) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard !path.isEmpty, !path.hasSuffix("/") else { throw .cannotWrite(path: path, reason: "it names no file") }
      return path
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .cannotWrite(path: path, reason: "it is a folder; name a file in it")
    default: throw .cannotWrite(path: path, reason: "it is no regular file")
    }
    guard let resolved = realpath(path, nil) else { throw .cannotWrite(path: path, reason: systemReason()) }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// Writes the file whole or not at all: temporary file in the same folder, fsync, rename, fsync of the folder.
public func writeWhole<Failure: WriteFailure>(
  _ data: some ContiguousBytes, to path: String, failingAs: Failure.Type
) throws(Failure) {
  let file = try WholeFile<Failure>(path: path)
  try file.write(data)
  try file.commit()
}

/// Writes all of the bytes to an open file; false, with `errno` set, if the system refuses.
public func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var done = 0
  while done < bytes.count, let base = bytes.baseAddress {
    let count = write(descriptor, base + done, bytes.count - done)
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { return false }
    done += count
  }
  return true
}
