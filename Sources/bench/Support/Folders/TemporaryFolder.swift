import Files
import Foundation
import Records

/// Calls `body` with a new temporary folder, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
  try makeFolder(folder.givenPath, failingAs: RecordsError.self)
  defer { removeTree(folder.givenPath) }
  return try body(folder)
}
