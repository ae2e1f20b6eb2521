import Foundation

/// Writes `text` as the whole of `file`: to a temporary file beside it, synced, then renamed, so that there is never
/// a half-written one.
public func writeWhole(_ text: String, to file: URL) throws(RecordsError) {
  let temporary = file.deletingLastPathComponent()
    .appendingPathComponent(".\(file.lastPathComponent).\(getpid()).tmp").path
  do throws(RecordsError) {
    let handle = try OpenFile(creating: temporary)
    try handle.write(text)
    guard rename(temporary, file.path) == 0 else { throw .unwritable(path: file.path, reason: systemReason()) }
  } catch {
    unlink(temporary)
    guard case .unwritable(_, let reason) = error else { throw error }
    throw .unwritable(path: file.path, reason: reason)
  }
  syncFolder(file.deletingLastPathComponent())
}

/// The bytes of `file`, mapped where that is safe.
func contents(of file: URL) throws(RecordsError) -> Data {
  guard access(file.path, R_OK) == 0 else { throw .unreadable(file: file.path, reason: systemReason()) }
  do { return try Data(contentsOf: file, options: .mappedIfSafe) } catch {
    throw .unreadable(file: file.path, reason: reason(of: error))
  }
}

/// Makes the names in `folder` durable; file systems that cannot do that are left as they are.
func syncFolder(_ folder: URL) {
  let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}

/// What the system says about the call that failed last.
package func systemReason() -> String { String(cString: strerror(errno)).lowercased() }

/// The system's reason for a Foundation error, where it has one.
func reason(of error: any Error) -> String {
  var cause = error as NSError
  while let underlying = cause.userInfo[NSUnderlyingErrorKey] as? NSError { cause = underlying }
  if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))).lowercased() }
  return cause.localizedDescription.trimmingCharacters(in: CharacterSet(charactersIn: ". "))
}

/// An open file to write to; closed when the last reference to it goes.
final class OpenFile {
  private let descriptor: Int32
  private let path: String

  /// Creates the file at `path`, or empties the one that is there.
  convenience init(creating path: String) throws(RecordsError) {
    try self.init(path, flags: O_WRONLY | O_CREAT | O_TRUNC)
  }

  /// Opens the file at `path` to write at its end.
  convenience init(appendingTo path: String) throws(RecordsError) { try self.init(path, flags: O_WRONLY | O_APPEND) }

  private init(_ path: String, flags: Int32) throws(RecordsError) {
    descriptor = open(path, flags | O_CLOEXEC, 0o644)
    self.path = path
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: systemReason()) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes all of `text` and waits until it is on disk.
  func write(_ text: String) throws(RecordsError) {
    var text = text
    let failure: String? = text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = Foundation.write(
          descriptor, UnsafeBufferPointer(rebasing: bytes[written...]).baseAddress, bytes.count - written)
        if count < 0 && errno != EINTR { return systemReason() }
        written += max(count, 0)
      }
      return fsync(descriptor) == 0 || errno == EINVAL ? nil : systemReason()
    }
    if let failure { throw .unwritable(path: path, reason: failure) }
  }

  /// The file's length in bytes.
  var length: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Cuts the file off after `bytes` bytes.
  func truncate(to bytes: Int) throws(RecordsError) {
    guard ftruncate(descriptor, off_t(bytes)) == 0, fsync(descriptor) == 0 else {
      throw .unwritable(path: path, reason: systemReason())
    }
  }
}
