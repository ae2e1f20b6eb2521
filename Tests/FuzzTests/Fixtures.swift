import Foundation
import TestSupport

/// The valid files of other tests, from which damaged ones are made.
enum Fixtures {
  static func path(_ name: String, of tests: String = "WeightFilesTests/Fixtures") -> String {
    Repository.root.appendingPathComponent("Tests/" + tests).appendingPathComponent(name).path
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  static func torch(_ kind: String) -> [String] {
    ["dtypes", "strides", "checkpoint", "parameters", "objects", "objects-protocol5", "unread"].map {
      "\($0)-\(kind).pth"
    }
  }
}
