import Files
import TestSupport

enum Failure: WriteFailure, Equatable { case cannotWrite(path: String, reason: String) }

func withFolder(_ body: (String) throws -> Void) throws {
  try withTemporaryFolder { try body($0.path) }
}
