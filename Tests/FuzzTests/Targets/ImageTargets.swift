import Foundation
import TestSupport

@testable import Datasets

extension FuzzTarget {
  /// Image files of one format, handled as in a run: checked, then loaded and rotated according to their EXIF data.
  static func images(_ ending: String) throws -> FuzzTarget {
    /// A file that passes the check but cannot load would end a run; a loadable one that fails it would be left out.
    struct Disagreement: Error { let reason: String }
    let folder = Fixtures.path("", of: "DatasetsTests/Fixtures/formats")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }
    let samples = try names.sorted().map { try bytes(folder + "/" + $0) }
    return FuzzTarget(samples: samples, mayThrow: { $0 is DatasetError }) { path in
      let url = URL(fileURLWithPath: path)
      let images = FolderImages(folder: url.deletingLastPathComponent().path, isTurning: true)
      let sample = Sample(id: url.lastPathComponent, label: 0, number: 1)
      let checked = Result { try images.verify(sample, using: ImageDecoder()) }
      let loaded = Result { try images.image(of: sample, using: ImageDecoder()) }
      switch (checked, loaded) {
      case (.success, .failure(let error)): throw Disagreement(reason: "checked, then \(error)")
      case (.failure(let error), .success): throw Disagreement(reason: "loaded, though \(error)")
      default: _ = try loaded.get()
      }
    }
  }

  /// One of the two lists of a user's own folder.
  static func list(_ folder: TemporaryFolder) throws -> FuzzTarget {
    let root = folder.path("own")
    let image = try RGBImage(width: 4, height: 4, colour: .zero).png()
    try FileManager.default.createDirectory(atPath: root + "/a b", withIntermediateDirectories: true)
    for name in ["a b/1.png", "2.png", "3.png"] { try writeQuickly(image, to: root + "/" + name) }
    try writeQuickly(Array("2.png 0\n3.png 7\n".utf8), to: root + "/test.txt")
    let samples = ["a b/1.png 0\n9.png 7\n", "\u{FEFF}a b/1.png\tdog\r\n9.png cat\r\n\u{1A}"].map { Array($0.utf8) }
    return FuzzTarget(samples: samples, mayThrow: { $0 is DatasetError }) { path in
      unlink(root + "/train.txt")
      symlink(path, root + "/train.txt")
      let dataset = try Dataset.open("folder", folder: root)
      _ = dataset.brokenImages()
    }
  }
}
