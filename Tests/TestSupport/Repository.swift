import Foundation

/// The repository's contents, for tests that compare published numbers with their sources.
public enum Repository {
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  public static func report(_ name: String) -> URL { root.appendingPathComponent("reports/" + name) }

  public static func text(of name: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
  }
}
