import Files
import Foundation

extension EventLog {
  /// Brings the event file at `path` up to date, and its folder into being.
  ///
  /// What is new comes behind what is there, so that a TensorBoard that reads it sees it grow. A file that went another way, such as
  /// one of epochs that were lost and are trained again, is replaced whole; throws `otherRuns` for one of another time.
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

  /// Throws what `write` would, as far as it can be known, and touches nothing; without a log, for one that is yet to begin.
  public static func requireWritable(_ path: String, of log: EventLog?) throws(EventFileError) {
    if let existing = try existing(at: path), log.map({ !existing.starts(with: $0.header) }) ?? true {
      throw .otherRuns(path: path)
    }
  }

  /// The bytes of the file; nil if there is none.
  private static func existing(at path: String) throws(EventFileError) -> Data? {
    guard fileStatus(path) != nil else {
      guard errno == ENOENT else { throw .unwritable(path: path, reason: systemReason()) }
      return nil
    }
    do throws(ReadFailure) { return try readWhole(path) } catch { throw .unwritable(path: path, reason: error.reason) }
  }
}
