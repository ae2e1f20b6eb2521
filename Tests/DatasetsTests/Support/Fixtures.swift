import Foundation
import Testing

/// A file among the test's resources.
func fixture(_ name: String) -> URL {
  Bundle.module.resourceURL?.appendingPathComponent("Fixtures/\(name)") ?? URL(fileURLWithPath: name)
}

/// Calls `body` with a new folder, which is removed afterwards.
func withTemporaryFolder<R>(_ body: (URL) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("datasets-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
