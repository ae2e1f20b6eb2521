import Foundation
import TestSupport

@testable import DatasetStore
@testable import Datasets

extension FuzzTarget {
  /// One of CUB's files that describe images beyond their class.
  static func cubAnnotations(_ file: String, _ folder: TemporaryFolder) throws -> FuzzTarget {
    try unpack("CUB_200_2011.tgz", into: folder)
    return try replacing(folder.path("CUB_200_2011/" + file), mayThrow: { $0 is DatasetError }) {
      _ = try CUBAnnotations(folder: folder.path("CUB_200_2011")).summary()
    }
  }

  /// One of the lists of a valid folder in Aircraft's layout.
  static func aircraft(_ file: String, _ folder: TemporaryFolder) throws -> FuzzTarget {
    try unpack("fgvc-aircraft-2013b.tar.gz", into: folder)
    let list = folder.path("fgvc-aircraft-2013b/data/" + file)
    return try replacing(list, mayThrow: { $0 is DatasetError }) {
      let dataset = try Dataset.open("aircraft", folder: folder.path("fgvc-aircraft-2013b"))
      _ = try dataset.annotatedIfPossible()
    }
  }

  /// One of the annotation files of a valid folder in CUB's layout.
  static func cub(_ file: String, _ folder: TemporaryFolder) throws -> FuzzTarget {
    let root = folder.path("CUB_200_2011")
    try Birdlets(size: 16, trainPerClass: 1, testPerClass: 1).write(to: root)
    return try replacing(root + "/" + file, mayThrow: { $0 is DatasetError }) {
      for classes in [nil, try ClassSelection("1-3")] { _ = try Dataset.open("cub", folder: root, classes: classes) }
    }
  }

  private static func unpack(_ archive: String, into folder: TemporaryFolder) throws {
    try Extraction(
      archive: Fixtures.path(archive, of: "DatasetStoreTests/Fixtures"), folder: folder.path(""),
      limits: .init(entries: 1000, bytes: 1 << 20), context: StoreContext()
    )
    .run()
  }
}
