import Glibc

/// An append-only file, whose appends are on disk when the call returns; has one writer at a time.
public final class GrowingFile<Failure: WriteFailure> {
  private let path: String
  private let descriptor: Int32
  /// The number of valid bytes; whatever a failed write left beyond them is cut off before the next write.
  public private(set) var length: Int

  /// Opens the existing file at `path`.
  public init(path: String) throws(Failure) {
    descriptor = openFile(path, O_WRONLY | O_APPEND)
    self.path = path
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      throw .cannotWrite(path: path, reason: systemReason())
    }
    length = Int(status.st_size)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Appends the bytes; after a failure none of them counts.
  public func append(_ bytes: [UInt8]) throws(Failure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure }
    // Data written to an unlinked file is lost when it is closed.
    guard status.st_nlink > 0 else { throw .cannotWrite(path: path, reason: "it was removed meanwhile") }
    // Bytes cut off by others would come back as zeros.
    guard status.st_size >= length else { throw .cannotWrite(path: path, reason: "it was shortened meanwhile") }
    if status.st_size > length { try truncate(to: length) }
    guard bytes.withUnsafeBytes({ writeAll($0, to: descriptor) }), syncFile(descriptor) else {
      let failure = failure
      _ = truncateFile(descriptor, to: length)
      throw failure
    }
    length += bytes.count
  }

  /// Truncates the file to `bytes` bytes.
  public func truncate(to bytes: Int) throws(Failure) {
    guard truncateFile(descriptor, to: bytes), syncFile(descriptor) else { throw failure }
    length = bytes
  }

  private var failure: Failure { .cannotWrite(path: path, reason: systemReason()) }
}
