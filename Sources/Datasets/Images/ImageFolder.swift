import Files
import Glibc

/// The images in a folder and its subfolders.
public struct ImageFolder {
  /// Paths relative to the folder; each folder's names are sorted by their bytes.
  public private(set) var images: [String] = []
  /// Folders that cannot be listed, with the reason; their contents are unknown.
  public private(set) var unlisted: [BrokenImage] = []
  private let root: String

  /// Lists files meant as images, even broken ones, by file extension or else by content; other files are skipped.
  ///
  /// Ignores hidden files, files that operating systems leave behind, and links back to an enclosing folder.
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
