import Foundation
import TestSupport

@testable import DatasetStore
@testable import Datasets

extension FuzzTarget {
  /// One of the files that CUB says more in of its images than their class.
  static func cubAnnotations(_ file: String, _ folder: TemporaryFolder) throws -> FuzzTarget {
    try Extraction(
      archive: Fixtures.path("CUB_200_2011.tgz", of: "DatasetStoreTests/Fixtures"), folder: folder.path(""),
      limits: .init(entries: 1000, bytes: 1 << 20), context: StoreContext()
    )
    .run()
    let annotation = folder.path("CUB_200_2011/" + file)
    let sound = try bytes(annotation)
    return FuzzTarget(samples: [sound], mayThrow: { $0 is DatasetError }) { path in
      unlink(annotation)
      symlink(path, annotation)
      _ = try CUBAnnotations(folder: folder.path("CUB_200_2011")).summary()
    }
  }

  /// One of the lists of a sound folder in Aircraft's layout.
  static func aircraft(_ file: String, _ folder: TemporaryFolder) throws -> FuzzTarget {
    try Extraction(
      archive: Fixtures.path("fgvc-aircraft-2013b.tar.gz", of: "DatasetStoreTests/Fixtures"), folder: folder.path(""),
      limits: .init(entries: 1000, bytes: 1 << 20), context: StoreContext()
    )
    .run()
    let list = folder.path("fgvc-aircraft-2013b/data/" + file)
    let sound = try bytes(list)
    return FuzzTarget(samples: [sound], mayThrow: { $0 is DatasetError }) { path in
      unlink(list)
      symlink(path, list)
      let dataset = try Dataset.open("aircraft", folder: folder.path("fgvc-aircraft-2013b"))
      _ = try dataset.annotatedIfPossible()
    }
  }

  /// One of the annotation files of a sound folder in CUB's layout.
  static func cub(_ file: String, _ folder: TemporaryFolder) throws -> FuzzTarget {
    let root = folder.path("CUB_200_2011")
    try Birdlets(size: 16, trainPerClass: 1, testPerClass: 1).write(to: root)
    let annotation = root + "/" + file
    let sound = try bytes(annotation)
    return FuzzTarget(samples: [sound], mayThrow: { $0 is DatasetError }) { path in
      unlink(annotation)
      symlink(path, annotation)
      for classes in [nil, try ClassSelection("1-3")] { _ = try Dataset.open("cub", folder: root, classes: classes) }
    }
  }
}
