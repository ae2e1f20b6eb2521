import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct DatasetVersionTests {
  /// Returns the version of a folder in CUB's layout after `change`.
  private func version(
    classes: String? = nil, skipBroken: Bool = false, cached: Bool = false, _ change: (URL) throws -> Void = { _ in }
  ) throws -> String {
    var version = ""
    try withTemporaryFolder { folder in
      let root = folder.appendingPathComponent("CUB_200_2011")
      try Birdlets(size: 16, trainPerClass: 2, testPerClass: 1).write(to: root.path)
      try change(root)
      let dataset = try Dataset.open("cub", folder: root.path, classes: classes.map { try ClassSelection($0) })
        .verified(skipBroken: skipBroken).dataset
      version = try (cached ? dataset.cachingImages(within: 1000) : dataset).version
    }
    return version
  }

  private func firstImage(_ root: URL) throws -> URL {
    let dataset = try Dataset.open("cub", folder: root.path)
    return root.appendingPathComponent("images").appendingPathComponent(dataset.train[0].id)
  }

  @Test func equalFoldersHaveOneVersionWhereverTheyLie() throws {
    let version = try version()
    #expect(version.count == 12 && version.allSatisfy(\.isHexDigit))
    #expect(try self.version() == version)
    #expect(try self.version(cached: true) == version)
  }

  @Test func otherContentsLabelsOrClassesAreOtherVersions() throws {
    let whole = try version()
    let others = [
      try version(classes: "1-8"),
      try version { root in
        // A byte after the end of a JPEG file changes only its size.
        let image = try firstImage(root)
        try (try Data(contentsOf: image) + [0]).write(to: image)
      },
      try version { root in
        let split = root.appendingPathComponent("train_test_split.txt")
        let text = try String(contentsOf: split, encoding: .utf8)
        try text.replacing("2 1\n", with: "2 0\n", maxReplacements: 1)
          .write(to: split, atomically: true, encoding: .utf8)
      },
      try version(skipBroken: true) { try FileManager.default.removeItem(at: firstImage($0)) },
    ]
    #expect(Set(others + [whole]).count == 5)
  }

  @Test func theEmbeddedDatasetHasANumber() throws {
    #expect(try Dataset.open("birdlets").version == Birdlets.version)
    #expect(try Dataset.open("birdlets", classes: ClassSelection("1-3")).version == Birdlets.version)
  }
}
