import Foundation

/// A folder of its own, removed with everything in it when nobody holds it any more.
final class TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("s3n-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// Writes a file anew without waiting for the disk.
func writeQuickly(_ bytes: [UInt8], to path: String) throws {
  unlink(path)
  guard let file = fopen(path, "wb") else { throw CocoaError(.fileWriteUnknown) }
  defer { fclose(file) }
  guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw CocoaError(.fileWriteUnknown) }
}
