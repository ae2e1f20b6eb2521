import Files
import Foundation
import Hashing

extension URL {
  /// The path as given, even a relative one: an absolute path loses the bytes of a non-UTF-8 working directory.
  public var givenPath: String { relativePath }
}

/// Writes `text` as the whole of `file`: see `WholeFile`.
public func writeWhole(_ text: String, to file: URL) throws(RecordsError) {
  try writeWhole(Array(text.utf8), to: file.givenPath, failingAs: RecordsError.self)
}

/// Throws the error that writing to `file` would, as far as it can be known, without touching anything.
public func requireWritable(_ file: URL) throws(RecordsError) {
  try requireWritable(file.givenPath, failingAs: RecordsError.self)
}

/// The target of the symbolic links at the end of `folder`, existing or not: the place where a folder is replaced.
func behindLinks(_ folder: URL) throws(RecordsError) -> URL {
  guard let end = endOfLinks(folder.givenPath) else { throw .unwritable(path: folder.path, reason: systemReason()) }
  return URL(fileURLWithPath: end, isDirectory: true)
}

/// The bytes of `file`.
package func contents(of file: URL) throws(RecordsError) -> Data {
  do throws(ReadFailure) { return try readWhole(file.givenPath) } catch {
    throw .unreadable(file: file.path, reason: error.reason)
  }
}

/// The SHA-256 of the bytes of `file`.
package func checksum(of file: URL) throws(RecordsError) -> String {
  let data = try contents(of: file)
  do { return try SHA256.digits(of: data) } catch { throw .unreadable(file: file.path, reason: "\(error)") }
}
