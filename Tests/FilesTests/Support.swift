import Files
import Foundation

enum Failure: WriteFailure, Equatable { case cannotWrite(path: String, reason: String) }

func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-" + UUID().uuidString).path
  try makeFolder(folder, failingAs: Failure.self)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}
