import Foundation

/// What the repository publishes, for tests that hold it against what it is made of.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func report(_ name: String) -> URL { root.appendingPathComponent("reports/" + name) }
}
