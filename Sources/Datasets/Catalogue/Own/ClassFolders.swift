import Files
import Glibc
import Tensors

/// Folders that have the images of one class each; classes are sorted by the bytes of their names, as torchvision does it.
enum ClassFolders {
  /// A folder that has a folder for each class; all images are to train on.
  static func read(_ folder: String) throws(DatasetError) -> OwnFolder.Labelled {
    var found = OwnFolder.Labelled(classNames: classes(in: folder))
    for (index, name) in found.classNames.enumerated() {
      found.images += images(in: folder, below: name).map { ($0, index + 1, .train) }
    }
    guard !found.images.isEmpty else {
      throw .unlabelledFolder(path: folder, found: found.classNames.isEmpty ? "no folders" : "no images in its folders")
    }
    return found
  }

  /// Two folders that have a folder for each class; those of the second are among those of the first.
  static func read(_ folder: String, train: String, test: String) throws(DatasetError) -> OwnFolder.Labelled {
    var found = OwnFolder.Labelled(classNames: classes(in: folder + "/" + train))
    for (part, split) in [(train, Split.train), (test, .test)] {
      for name in classes(in: folder + "/" + part) {
        guard let index = found.classNames.firstIndex(of: name) else {
          throw .unlabelledFolder(path: folder, found: "the class \(name) in \(part) and not in \(train)")
        }
        found.images += images(in: folder, below: part + "/" + name).map { ($0, index + 1, split) }
      }
    }
    return found
  }

  /// The names of the folders in a folder, sorted.
  static func classes(in folder: String) -> [String] {
    (folderEntries(folder) ?? []).filter { !$0.hasPrefix(".") && !isClutter($0) && isFolder(folder + "/" + $0) }
  }

  /// The paths within `root` of all images in a folder and those in it, each folder's in order; a link back to a folder that it lies
  /// in adds nothing.
  private static func images(in root: String, below folder: String, within outer: [FileIdentity] = []) -> [String] {
    guard let identity = FileIdentity(of: root + "/" + folder), !outer.contains(identity) else { return [] }
    return (folderEntries(root + "/" + folder) ?? []).flatMap { name in
      let path = folder + "/" + name
      if name.hasPrefix(".") || isClutter(name) { return [String]() }
      if isFolder(root + "/" + path) { return images(in: root, below: path, within: outer + [identity]) }
      return isImage(name, root + "/" + path) ? [path] : []
    }
  }

  private static let endings = [
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif", "avif", "ppm", "pgm",
  ]

  /// Whether a file is meant as an image, be it a broken one: by its name, else by its content. Others lie beside images.
  private static func isImage(_ name: String, _ path: String) -> Bool {
    if let dot = name.lastIndex(of: "."), endings.contains(name[name.index(after: dot)...].lowercased()) { return true }
    let file = openFile(path, O_RDONLY | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    let beginning = [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      count = max(0, Glibc.read(file, buffer.baseAddress, 16))
    }
    return beginning.withUnsafeBufferPointer { ImageFormat($0) } != nil
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
