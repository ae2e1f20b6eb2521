import Files
import Tensors

/// Folders that each hold the images of one class; classes are sorted by the bytes of their names, as in torchvision.
enum ClassFolders {
  /// Reads a folder with one subfolder per class; all images are for training.
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

  /// Reads two folders with one subfolder per class; the test classes must be among the training classes.
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

  /// The sorted names of a folder's subfolders; none if the folder does not exist.
  static func classes(in folder: String) throws(DatasetError) -> [String] {
    guard isFolder(folder) else { return [] }
    guard let names = folderEntries(folder) else { throw .unlistedFolder(path: folder, reason: systemReason()) }
    return names.filter { !$0.hasPrefix(".") && !isClutter($0) && isFolder(folder + "/" + $0) }
  }

  /// The paths, relative to `root`, of all images in a folder and its subfolders.
  private static func images(in root: String, below folder: String) throws(DatasetError) -> [String] {
    let found = ImageFolder(root + "/" + folder)
    if let unlisted = found.unlisted.first { throw .unlistedFolder(path: unlisted.path, reason: unlisted.reason) }
    return found.images.map { folder + "/" + $0 }
  }
}

extension OwnFolder.Labelled {
  /// The same images, with a share of each class for testing: drawn by the seed, at least one, and never all.
  ///
  /// The draw for a class depends only on its name and images.
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
