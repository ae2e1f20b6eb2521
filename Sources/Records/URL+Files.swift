import Files
import Foundation
import Hashing

extension URL {
  /// The path as it was given, relative ones too: the absolute one would lose the bytes of a working folder that is not UTF-8.
  public var givenPath: String { relativePath }
}

/// Writes `text` as the whole of `file`: see `WholeFile`.
public func writeWhole(_ text: String, to file: URL) throws(RecordsError) {
  try writeWhole(Array(text.utf8), to: file.givenPath, failingAs: RecordsError.self)
}

/// Throws what writing to `file` would, as far as it can be known, and touches nothing.
public func requireWritable(_ file: URL) throws(RecordsError) {
  try requireWritable(file.givenPath, failingAs: RecordsError.self)
}

/// The place behind links that `folder` leads to, whether anything is there or not: a folder that is replaced is replaced there.
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
