import Foundation

/// A file that appears under its name completely or not at all: written next to it, flushed to the disk, then renamed.
///
/// Follows links, and keeps an old file's owner and permissions if the system allows it. What cannot be replaced, such
/// as a device or a pipe, is written directly.
public struct WholeFile<Failure: WriteFailure>: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// The temporary path and the final one; nil if bytes are written directly.
  private let replacement: (temporary: String, destination: String)?
  /// Small pieces, such as the tensors of batch norms, buffered until they reach `gathering` bytes.
  private var gathered: [UInt8] = []
  private let gathering: Int

  /// Starts a file that `commit` will put at `path`; without a commit, whatever is at `path` stays.
  public init(path: String, gathering: Int = 1 << 20) throws(Failure) {
    (descriptor, replacement) = try Self.open(path)
    (self.path, self.gathering) = (path, gathering)
  }

  private static func open(
    _ path: String
  ) throws(Failure) -> (descriptor: Int32, replacement: (temporary: String, destination: String)?) {
    switch try Destination(path, failingAs: Failure.self) {
    case .stream(let stream): return (try stream.open(path, failingAs: Failure.self), nil)
    case .file(let destination, let existing):
      let temporary = parentFolder(of: destination) + "/" + temporaryName()
      let descriptor = openFile(temporary, O_WRONLY | O_CREAT | O_EXCL)
      guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
      if let existing {
        fchown(descriptor, existing.st_uid, existing.st_gid)
        fchmod(descriptor, existing.st_mode & 0o7777)
      }
      return (descriptor, (temporary, destination))
    }
  }

  deinit {
    close(descriptor)
    if let replacement { removeFile(replacement.temporary) }
  }

  /// Appends the bytes.
  public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    if gathered.count + bytes.count >= gathering {
      try passOn()
      gathered.removeAll(keepingCapacity: true)
    }
    guard bytes.count >= gathering else { return gathered += bytes }
    guard writeAll(bytes, to: descriptor) else { throw failure }
  }

  /// Appends the bytes.
  public mutating func write(_ bytes: some ContiguousBytes) throws(Failure) {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(Failure) in try write(bytes) } }
    try result.get()
  }

  private func passOn() throws(Failure) {
    guard gathered.withUnsafeBytes({ writeAll($0, to: descriptor) }) else { throw failure }
  }

  /// Renames the file into place, replacing an existing one.
  public consuming func commit() throws(Failure) {
    try passOn()
    guard syncFile(descriptor) else { throw failure }
    guard let replacement else { return }
    guard renameFile(replacement.temporary, to: replacement.destination),
      syncFolder(parentFolder(of: replacement.destination))
    else { throw failure }
  }

  private var failure: Failure { .cannotWrite(path: path, reason: systemReason()) }
}

/// Writes the file completely or not at all, using `WholeFile`.
public func writeWhole<Failure: WriteFailure>(
  _ data: some ContiguousBytes, to path: String, failingAs: Failure.Type
) throws(Failure) {
  var file = try WholeFile<Failure>(path: path)
  try file.write(data)
  try file.commit()
}

/// Throws what starting a `WholeFile` at `path` would throw, as far as can be known without changing anything.
public func requireWritable<Failure: WriteFailure>(_ path: String, failingAs: Failure.Type) throws(Failure) {
  guard case .file(let destination, _) = try Destination(path, failingAs: Failure.self) else { return }
  guard isAccessible(parentFolder(of: destination), W_OK | X_OK) else {
    throw .cannotWrite(path: path, reason: systemReason())
  }
}
