import Datasets
import Files
import Glibc

/// The image files that a user names: files, folders with everything in them, and "-" for a list on standard input.
struct ImagePaths {
  private(set) var paths: [String] = []
  /// Folders that hold no image or cannot be listed, and a list that is empty or cannot be read.
  private(set) var problems: [String] = []

  /// - Parameter list: The descriptor of the list that "-" stands for.
  init(_ words: [String], list: Int32 = STDIN_FILENO) {
    for word in words where word != "-" { add(word) }
    guard words.contains("-") else { return }
    do throws(ReadFailure) {
      let text = try readWhole(list)
      // NUL-separated, as by find -print0: names may then contain line breaks.
      let end: UInt8 = text.contains(0) ? 0 : UInt8(ascii: "\n")
      let names = text.split(separator: end)
        .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }.filter { !$0.isEmpty }
      for name in names { add(pathText(name)) }
      if names.isEmpty { problems.append("-: the list on standard input names no image") }
    } catch {
      problems.append("-: the list on standard input cannot be read: \(error.reason)")
    }
  }

  private mutating func add(_ path: String) {
    // Paths other than folders are checked when they are read.
    guard isFolder(path) else { return paths.append(path) }
    let folder = ImageFolder(path)
    paths += folder.images.map { (path.hasSuffix("/") ? path : path + "/") + $0 }
    problems += folder.unlisted.map { "\($0.path): the folder cannot be listed: \($0.reason)" }
    if folder.images.isEmpty, folder.unlisted.isEmpty { problems.append("\(path): the folder holds no image") }
  }
}
