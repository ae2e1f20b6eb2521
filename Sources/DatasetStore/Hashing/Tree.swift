import Files
import Foundation
import Hashing

/// The checksums of all files in a folder, sorted by path, as a text in the format of `sha256sum`.
struct Tree: Equatable {
  private(set) var checksums: [(path: String, sha256: String)] = []
  /// The checksum of that text, which identifies the whole tree.
  let sha256: String

  static func == (first: Tree, second: Tree) -> Bool { first.text == second.text }

  /// Reads every file; throws if there is a link or anything else that is neither file nor folder.
  init(
    of folder: String, shouldStop: () -> Bool = { false }, report: (_ files: Int, _ of: Int) -> Void = { _, _ in }
  ) throws(StoreError) {
    let paths = try Self.paths(in: folder)
    for path in paths {
      checksums.append((path, try checksum(of: folder + "/" + path, shouldStop: shouldStop).sha256))
      report(checksums.count, paths.count)
    }
    sha256 = try Self.sha256(of: checksums)
  }

  /// Parses the text of an earlier tree.
  init(text: String, path: String) throws(StoreError) {
    for (index, line) in text.split(separator: "\n").enumerated() {
      let fields = line.split(separator: " ", maxSplits: 1)
      guard fields.count == 2, fields[0].utf8.count == 64, isHexadecimal(String(fields[0])), fields[1].hasPrefix(" ")
      else {
        throw .damagedLock(
          path: path, place: "line \(index + 1)", expected: "a checksum and a path", found: "\"\(line.prefix(80))\"")
      }
      checksums.append((String(fields[1].dropFirst()), String(fields[0])))
    }
    sha256 = try Self.sha256(of: checksums)
  }

  var text: String { Self.text(checksums) }

  private static func text(_ checksums: [(path: String, sha256: String)]) -> String {
    checksums.map { "\($0.sha256)  \($0.path)\n" }.joined()
  }

  private static func sha256(of checksums: [(path: String, sha256: String)]) throws(StoreError) -> String {
    let hash = try SHA256.forStore()
    hash.update(text(checksums))
    return try hash.storeDigits
  }

  /// Describes how `other` differs from this tree, sorted by path.
  func differences(to other: Tree) -> [String] {
    let mine = Dictionary(checksums.map { ($0.path, $0.sha256) }) { $1 }
    let theirs = Dictionary(other.checksums.map { ($0.path, $0.sha256) }) { $1 }
    return Set(mine.keys).union(theirs.keys).sorted().compactMap { path in
      switch (mine[path], theirs[path]) {
      case (let first?, let second?): first == second ? nil : "changed: \(path)"
      case (nil, _): "added: \(path)"
      case (_, nil): "missing: \(path)"
      }
    }
  }

  /// The relative paths of all files, sorted by their bytes, without clutter. Links are an error or, if
  /// `followingLinks`, are followed.
  static func paths(in folder: String, followingLinks: Bool = false) throws(StoreError) -> [String] {
    var paths: [String] = []
    try Self.walk(folder, "", [], followingLinks) { paths.append($0) }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Calls `take` with the path of each file in the folder `prefix` of `root`; `above` are its enclosing folders.
  private static func walk(
    _ root: String, _ prefix: String, _ above: [[UInt64]], _ followingLinks: Bool, _ take: (String) -> Void
  ) throws(StoreError) {
    let folder = root + prefix
    guard let names = folderEntries(folder) else { throw .cannotRead(path: folder, reason: systemReason()) }
    for name in names where !isClutter(name) {
      let path = folder + "/" + name
      var status = stat()
      guard path.withPath({ followingLinks ? stat($0, &status) : lstat($0, &status) }) == 0 else {
        throw .cannotRead(path: path, reason: systemReason())
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: take(String((prefix + "/" + name).dropFirst()))
      case S_IFDIR:
        let identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
        guard !above.contains(identity) else { throw .cannotRead(path: path, reason: "its links form a loop") }
        try walk(root, prefix + "/" + name, above + [identity], followingLinks, take)
      default: throw .cannotRead(path: path, reason: "it is neither a file nor a folder")
      }
    }
  }
}
