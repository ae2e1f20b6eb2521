import Files
import Glibc

/// The images that lie in a folder and in those within it.
public struct ImageFolder {
  /// Their paths within the folder, each folder's in the order of the bytes of its names.
  public private(set) var images: [String] = []
  /// Folders that cannot be listed, with the reason: nobody knows what they hold.
  public private(set) var unlisted: [BrokenImage] = []
  private let root: String

  /// Lists what is meant as an image, be it a broken one: by its name, else by its content. Others lie beside images.
  ///
  /// Hidden files and what operating systems leave count for nothing; a link back to a folder that it lies in adds nothing.
  public init(_ folder: String) {
    root = folder.hasSuffix("/") ? folder : folder + "/"
    list("", within: [])
  }

  private mutating func list(_ folder: String, within outer: [FileIdentity]) {
    guard let identity = FileIdentity(of: root + folder), !outer.contains(identity) else { return }
    guard let names = folderEntries(root + folder) else {
      let reason = systemReason()
      return unlisted.append(BrokenImage(path: String((root + folder).dropLast()), reason: reason))
    }
    for name in names where !name.hasPrefix(".") && !isClutter(name) {
      let path = folder + name
      if isFolder(root + path) {
        list(path + "/", within: outer + [identity])
      } else if Self.isImage(name, root + path) {
        images.append(path)
      }
    }
  }

  private static let endings = [
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif", "avif", "ppm", "pgm",
  ]

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
