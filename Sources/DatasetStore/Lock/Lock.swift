import Foundation

/// What can be fetched: the contents of datasets.lock.
public struct Lock: Equatable, Sendable {
  /// Where the lock was read from, for messages.
  public let path: String
  /// Sorted by kind and name.
  public let items: [LockedItem]

  public var datasets: [LockedItem] { items.filter { $0.kind == .datasets } }
  public var weights: [LockedItem] { items.filter { $0.kind == .weights } }

  /// The lock built into the program: the file datasets.lock at the top of its sources.
  public static func embedded() throws(StoreError) -> Lock {
    try Lock(text: String(decoding: PackageResources.datasets_lock, as: UTF8.self), path: "the built-in datasets.lock")
  }

  /// Reads a lock from a user's file.
  public init(readingFrom path: String) throws(StoreError) {
    try self.init(text: TOMLDocument.text(of: path), path: path)
  }

  /// Parses the text of a lock; `path` names it in messages.
  public init(text: String, path: String) throws(StoreError) {
    let root = try TOMLDocument(text: text, path: path).root
    try root.allow(["format"] + LockedItem.Kind.allCases.map(\.rawValue))
    guard try root.number("format") == 1 else {
      throw .damagedLock(path: path, place: "format", expected: "1", found: "another number, or none")
    }
    var items: [LockedItem] = []
    for kind in LockedItem.Kind.allCases {
      for (name, table) in try root.tables(kind.rawValue) { items.append(try LockedItem(kind, name, table)) }
    }
    self.path = path
    self.items = items
  }

  /// The dataset or weights with that name; throws `unknownItem`, which lists the known names.
  public func item(_ kind: LockedItem.Kind, _ name: String) throws(StoreError) -> LockedItem {
    let known = items.filter { $0.kind == kind }
    guard let item = known.first(where: { $0.name == name }) else {
      throw .unknownItem(kind: kind, name: name, known: known.map(\.name))
    }
    return item
  }
}

extension LockedItem {
  fileprivate init(_ kind: Kind, _ name: String, _ table: TOMLSection) throws(StoreError) {
    let counted = kind == .datasets
    try table.allow(
      ["title", "version", "terms", "citation", "page", "files"] + (counted ? ["classes", "train", "test"] : []))
    guard isPlainName(name) else { throw table.refuse(nil, expected: "a plain name", found: "\"\(name.prefix(40))\"") }
    self.kind = kind
    self.name = name
    title = try table.requiredText("title")
    version = try table.requiredText("version")
    terms = try table.requiredText("terms")
    citation = try table.requiredText("citation")
    page = try table.requiredText("page")
    if counted, let classes = try table.number("classes"), let train = try table.number("train"),
      let test = try table.number("test")
    {
      counts = SplitCounts(classes: classes, train: train, test: test)
    } else {
      counts = nil
    }
    var files: [LockedFile] = []
    for (name, table) in try table.tables("files") { files.append(try LockedFile(name, table)) }
    guard !files.isEmpty else { throw table.refuse("files", expected: "at least one file", found: "none") }
    self.files = files
  }
}

extension LockedFile {
  fileprivate init(_ name: String, _ table: TOMLSection) throws(StoreError) {
    try table.allow(["addresses", "bytes", "sha256", "sha256_prefix"])
    guard isPlainName(name) else {
      throw table.refuse(nil, expected: "a plain file name", found: "\"\(name.prefix(40))\"")
    }
    let sha256 = try table.text("sha256")
    if let sha256, sha256.utf8.count != 64 || !isHexadecimal(sha256) {
      throw table.refuse("sha256", expected: "64 lower-case hexadecimal digits", found: "\"\(sha256.prefix(80))\"")
    }
    let prefix = try table.text("sha256_prefix")
    if let prefix, !(1...63).contains(prefix.utf8.count) || !isHexadecimal(prefix) {
      throw table.refuse("sha256_prefix", expected: "hexadecimal digits", found: "\"\(prefix.prefix(80))\"")
    }
    let bytes = try table.number("bytes")
    if let bytes, !(1...(1 << 44)).contains(bytes) {
      throw table.refuse("bytes", expected: "a length from 1 byte to 16 TiB", found: "\(bytes)")
    }
    let addresses = try table.texts("addresses")
    for address in addresses where !WebAddress.isAllowed(address, withChecksum: sha256 != nil) {
      throw table.refuse(
        "addresses", expected: "https:// addresses (http:// only with a sha256 or to this machine)",
        found: "\"\(address.prefix(120))\"")
    }
    self.init(name: name, addresses: addresses, bytes: bytes, sha256: sha256, sha256Prefix: prefix)
  }
}

/// Whether a name is safe as a file name: letters, digits, dot, dash and underscore, with no leading dot.
func isPlainName(_ name: String) -> Bool {
  !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".")
    && name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
}

/// Whether the text consists of lower-case hexadecimal digits.
func isHexadecimal(_ text: String) -> Bool {
  text.utf8.allSatisfy {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
  }
}
