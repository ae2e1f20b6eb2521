import Files
import Tensors

/// Folders that have the images of one class each; classes are sorted by the bytes of their names, as torchvision does it.
enum ClassFolders {
  /// A folder that has a folder for each class; all images are to train on.
  static func read(_ folder: String) throws(DatasetError) -> OwnFolder.Labelled {
    var found = try OwnFolder.Labelled(classNames: classes(in: folder))
    for (index, name) in found.classNames.enumerated() {
      found.images += try images(in: folder, below: name).map { ($0, index + 1, .train) }
    }
    guard !found.images.isEmpty else {
      throw .unlabelledFolder(path: folder, found: found.classNames.isEmpty ? "no folders" : "no images in its folders")
    }
    return found
  }

  /// Two folders that have a folder for each class; those of the second are among those of the first.
  static func read(_ folder: String, train: String, test: String) throws(DatasetError) -> OwnFolder.Labelled {
    var found = try OwnFolder.Labelled(classNames: classes(in: folder + "/" + train))
    for (part, split) in [(train, Split.train), (test, .test)] {
      for name in try classes(in: folder + "/" + part) {
        guard let index = found.classNames.firstIndex(of: name) else {
          throw .unlabelledFolder(path: folder, found: "the class \(name) in \(part) and not in \(train)")
        }
        found.images += try images(in: folder, below: part + "/" + name).map { ($0, index + 1, split) }
      }
    }
    return found
  }

  /// The names of the folders in a folder, sorted; none where there is no folder.
  static func classes(in folder: String) throws(DatasetError) -> [String] {
    guard isFolder(folder) else { return [] }
    guard let names = folderEntries(folder) else { throw .unlistedFolder(path: folder, reason: systemReason()) }
    return names.filter { !$0.hasPrefix(".") && !isClutter($0) && isFolder(folder + "/" + $0) }
  }

  /// The paths within `root` of all images in a folder and those in it.
  private static func images(in root: String, below folder: String) throws(DatasetError) -> [String] {
    let found = ImageFolder(root + "/" + folder)
    if let unlisted = found.unlisted.first { throw .unlistedFolder(path: unlisted.path, reason: unlisted.reason) }
    return found.images.map { folder + "/" + $0 }
  }
}

extension OwnFolder.Labelled {
  /// The same images, of which so large a share of each class is to test on: drawn by the seed, at least one, and never all.
  ///
  /// What is drawn of a class hangs on its own name and images only.
  func keeping(_ share: Double, seed: UInt64) -> OwnFolder.Labelled {
    var result = self
    for (index, name) in classNames.enumerated() {
      var members = images.indices.filter { images[$0].label == index + 1 }
      var generator = SeededGenerator(seed: seed, purpose: "test share of " + name)
      let count = min(members.count - 1, max(1, Int((share * Double(members.count)).rounded())))
      members.shuffle(using: &generator)
      for member in members.prefix(max(0, count)) { result.images[member].split = .test }
    }
    return result
  }
}
