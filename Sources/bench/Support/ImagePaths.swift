import Files
import Glibc

/// The image files that a user names: files, folders with all that lies in them, and "-" for a list on standard input.
struct ImagePaths {
  private(set) var paths: [String] = []
  /// Folders that hold no image, and what is not there.
  private(set) var problems: [String] = []

  private static let endings = [".jpg", ".jpeg", ".png", ".webp"]

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

  private mutating func add(_ path: String) {
    // What is no folder is told of when it is read.
    guard let status = fileStatus(path), status.st_mode & S_IFMT == S_IFDIR else { return paths.append(path) }
    let count = paths.count
    var seen: Set<[UInt64]> = []
    addFolder(path, status, &seen)
    if paths.count == count {
      problems.append("\(path): the folder holds no file that ends in .jpg, .jpeg, .png or .webp")
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
      } else if Self.endings.contains(where: name.lowercased().hasSuffix) {
        paths.append(path)
      }
    }
  }
}
