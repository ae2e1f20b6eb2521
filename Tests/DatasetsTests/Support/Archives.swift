import Foundation
import TestSupport

@testable import DatasetStore

/// Returns a small archive in an original's layout, from the fixtures of the store's tests.
func archive(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../DatasetStoreTests/Fixtures/\(name)").standardizedFileURL.path
}

/// Calls `body` with a new folder that holds the unpacked archives and copies of other files.
func withUnpacked<R>(_ names: String..., body: (URL) throws -> R) throws -> R {
  try withTemporaryFolder { folder in
    for name in names {
      if name.hasSuffix("gz") {
        let limits = ExtractionLimits(entries: 1000, bytes: 1 << 20)
        try Extraction(archive: archive(name), folder: folder.path, limits: limits, context: StoreContext()).run()
      } else {
        try FileManager.default.copyItem(atPath: archive(name), toPath: folder.appendingPathComponent(name).path)
      }
    }
    return try body(folder)
  }
}
