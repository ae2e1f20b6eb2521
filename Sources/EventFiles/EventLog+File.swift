import Files
import Foundation

extension EventLog {
  /// Updates the event file at `path`, and creates its folder if needed.
  ///
  /// Appends new events, so that a TensorBoard that reads the file sees it grow. Replaces a file whose events differ,
  /// such as after epochs were lost and trained again; throws `otherRuns` if the file was started at another time.
  public func write(to path: String) throws(EventFileError) {
    guard let existing = try Self.existing(at: path) else {
      try makeFolder(parentFolder(of: path), failingAs: EventFileError.self)
      return try writeWhole(bytes, to: path, failingAs: EventFileError.self)
    }
    guard existing.starts(with: header) else { throw .otherRuns(path: path) }
    if bytes.starts(with: existing) {
      guard existing.count < bytes.count else { return }
      try GrowingFile<EventFileError>(path: path).append(Array(bytes[existing.count...]))
    } else {
      try writeWhole(bytes, to: path, failingAs: EventFileError.self)
    }
  }

  /// Throws what `write` would, as far as can be known, and changes nothing; `log` is nil for one not yet begun.
  public static func requireWritable(_ path: String, of log: EventLog?) throws(EventFileError) {
    if let existing = try existing(at: path), log.map({ !existing.starts(with: $0.header) }) ?? true {
      throw .otherRuns(path: path)
    }
  }

  /// The bytes of the file; nil if it does not exist.
  private static func existing(at path: String) throws(EventFileError) -> Data? {
    guard fileStatus(path) != nil else {
      guard errno == ENOENT else { throw .unwritable(path: path, reason: systemReason()) }
      return nil
    }
    do throws(ReadFailure) { return try readWhole(path) } catch { throw .unwritable(path: path, reason: error.reason) }
  }
}
