import Files
import Glibc

/// The image files that a user names: files, folders with all that lies in them, and "-" for a list on standard input.
struct ImagePaths {
  private(set) var paths: [String] = []
  /// Folders that hold no image, and what is not there.
  private(set) var problems: [String] = []

  private static let endings = [".jpg", ".jpeg", ".png", ".webp"]
  /// What JPEG, PNG and WebP files begin with; the latter's four bytes in between are its length.
  private static let beginnings: [[UInt8?]] = [
    [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47],
    [0x52, 0x49, 0x46, 0x46, nil, nil, nil, nil, 0x57, 0x45, 0x42, 0x50],
  ]

  /// - Parameter list: a descriptor of the list that "-" stands for.
  init(_ words: [String], list: Int32 = STDIN_FILENO) {
    for word in words where word != "-" { add(word) }
    if words.contains("-"), let list = try? readWhole(list) {
      for line in list.split(separator: UInt8(ascii: "\n")) {
        let name = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if !name.isEmpty { add(pathText(name)) }
      }
    }
  }

  /// Whether a file is an image by what it begins with, whatever it is called; pipes and devices are not asked.
  private static func beginsAsImage(_ path: String, _ status: stat) -> Bool {
    guard status.st_mode & S_IFMT == S_IFREG else { return false }
    let descriptor = path.withPath { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 12)
    guard read(descriptor, &bytes, bytes.count) == bytes.count else { return false }
    return beginnings.contains { zip($0, bytes).allSatisfy { $0 == nil || $0 == $1 } }
  }

  private mutating func add(_ path: String) {
    // What is no folder is told of when it is read.
    guard let status = fileStatus(path), status.st_mode & S_IFMT == S_IFDIR else { return paths.append(path) }
    let count = paths.count
    var seen: Set<[UInt64]> = []
    addFolder(path, status, &seen)
    if paths.count == count {
      problems.append("\(path): the folder holds no image: no JPEG, PNG or WebP file")
    }
  }

  /// Adds the images in a folder and in those within, by name; a link to a folder above leads nowhere new.
  private mutating func addFolder(_ folder: String, _ status: stat, _ seen: inout Set<[UInt64]>) {
    guard seen.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else { return }
    for name in folderEntries(folder) ?? [] where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      guard let inner = fileStatus(path) else { continue }
      if inner.st_mode & S_IFMT == S_IFDIR {
        addFolder(path, inner, &seen)
      } else if Self.endings.contains(where: name.lowercased().hasSuffix) || Self.beginsAsImage(path, inner) {
        paths.append(path)
      }
    }
  }
}
