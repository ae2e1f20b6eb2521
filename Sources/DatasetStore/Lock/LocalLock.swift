import Files
import Foundation

/// What this machine's store found at first verification, against which later ones are checked.
struct LocalLock: Equatable {
  /// A file without a known checksum, as first fetched.
  struct TrustedFile: Equatable {
    let bytes: Int
    let sha256: String
  }

  /// A dataset's unpacked tree.
  struct Tree: Equatable {
    let counts: SplitCounts
    let files: Int
    let sha256: String
  }

  var files: [String: TrustedFile] = [:]
  var trees: [String: Tree] = [:]

  init() {}

  /// Reads the file; empty if it does not exist.
  init(path: String) throws(StoreError) {
    guard isAccessible(path, F_OK) else { return }
    let root = try TOMLDocument(text: TOMLDocument.text(of: path), path: path).root
    try root.allow(["datasets", "files"])
    for (name, table) in try root.tables("files") {
      guard let bytes = try table.number("bytes") else {
        throw table.refuse("bytes", expected: "a number", found: "none")
      }
      files[name] = TrustedFile(bytes: bytes, sha256: try table.checksum("sha256"))
    }
    for (name, table) in try root.tables("datasets") {
      guard let classes = try table.number("classes"), let train = try table.number("train"),
        let test = try table.number("test"), let count = try table.number("tree_files")
      else { throw table.refuse(nil, expected: "classes, train, test and tree_files", found: "fewer") }
      trees[name] = Tree(
        counts: SplitCounts(classes: classes, train: train, test: test), files: count,
        sha256: try table.checksum("tree_sha256"))
    }
  }

  /// The file's text, sorted by name.
  var text: String {
    var text = "# What was found at the first verification on this machine; bench writes it.\n"
    for (name, tree) in trees.sorted(by: { $0.key < $1.key }) {
      text += """

        # Its unpacked tree: the sha256 of its list of checksums, as sha256sum writes it.
        [datasets."\(name)"]
        classes = \(tree.counts.classes)
        test = \(tree.counts.test)
        train = \(tree.counts.train)
        tree_files = \(tree.files)
        tree_sha256 = "\(tree.sha256)"

        """
    }
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      text += """

        # Trusted at its first fetch.
        [files."\(name)"]
        bytes = \(file.bytes)
        sha256 = "\(file.sha256)"

        """
    }
    return text
  }

  func write(to path: String) throws(StoreError) {
    try writeWhole(Array(text.utf8), to: path, failingAs: StoreError.self)
  }
}

extension TOMLSection {
  fileprivate func checksum(_ name: String) throws(StoreError) -> String {
    let text = try requiredText(name)
    guard text.utf8.count == 64, isHexadecimal(text) else {
      throw refuse(name, expected: "64 lower-case hexadecimal digits", found: "\"\(text.prefix(80))\"")
    }
    return text
  }
}
