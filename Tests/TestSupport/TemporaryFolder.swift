import Foundation

/// A test's own folder, removed with the last reference to it.
public final class TemporaryFolder: Sendable {
  public let url: URL

  /// The folder's name ends in `suffix`.
  public init(_ suffix: String = "") throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("s3n-tests-\(UUID().uuidString)\(suffix)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Returns the names of everything in the folder, including hidden files.
  public func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  public func text(of name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

  @discardableResult
  public func write(_ text: String, to name: String) throws -> URL {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file
  }

  /// Writes the bytes under the name and returns the path.
  public func write(_ bytes: [UInt8], as name: String) throws -> String {
    try writeQuickly(bytes, to: path(name))
    return path(name)
  }
}

/// Calls `body` with a new folder, which is removed afterwards.
public func withTemporaryFolder<R>(_ body: (URL) throws -> R) throws -> R {
  let folder = try TemporaryFolder()
  return try withExtendedLifetime(folder) { try body(folder.url) }
}

/// Replaces a file without `Data.write` or truncation, both of which would wait for the disk.
public func writeQuickly(_ bytes: [UInt8], to path: String) throws {
  unlink(path)
  guard let file = fopen(path, "wb") else { throw CocoaError(.fileWriteUnknown) }
  defer { fclose(file) }
  guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw CocoaError(.fileWriteUnknown) }
}
