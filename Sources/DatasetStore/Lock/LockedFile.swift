/// One file that can be fetched or imported, and how to tell that it is the right one.
public struct LockedFile: Equatable, Sendable {
  public let name: String
  /// In the order that they are tried; none if users have to bring the file.
  public let addresses: [String]
  /// Its length, where it is known.
  public let bytes: Int?
  /// 64 lower-case hexadecimal digits; nil if none is trusted, then the first fetch is.
  public let sha256: String?
  /// The start of the checksum, where no more is known.
  public let sha256Prefix: String?

  public init(
    name: String, addresses: [String], bytes: Int? = nil, sha256: String? = nil, sha256Prefix: String? = nil
  ) {
    self.name = name
    self.addresses = addresses
    self.bytes = bytes
    self.sha256 = sha256
    self.sha256Prefix = sha256Prefix
  }

  /// Whether it is an archive that is unpacked, not a file that is kept as it is.
  public var isArchive: Bool { Self.isArchive(name) }

  /// Whether a file of this name is an archive that can be unpacked.
  public static func isArchive(_ name: String) -> Bool {
    [".tgz", ".tar.gz", ".tar", ".zip"].contains { name.lowercased().hasSuffix($0) }
  }
}

/// A dataset or a set of weights: its files and what is to be said of them.
public struct LockedItem: Equatable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case datasets, weights

    /// The command that manages such items.
    public var command: String { self == .datasets ? "bench data" : "bench weights" }
  }

  public let kind: Kind
  /// The name that users type.
  public let name: String
  public let title: String
  public let version: String
  /// The licence or terms of use, in words.
  public let terms: String
  public let citation: String
  /// The owners' page.
  public let page: String
  /// Classes, training and test images of a dataset.
  public let counts: SplitCounts?
  /// Sorted by name.
  public let files: [LockedFile]

  /// The length of all files together, nil if one's is unknown.
  public var bytes: Int? {
    files.reduce(0) { sum, file in sum.flatMap { sum in file.bytes.map { sum + $0 } } }
  }

  /// Whether every file has an address.
  public var canBeFetched: Bool { files.allSatisfy { !$0.addresses.isEmpty } }

  /// Throws `wrongCounts`, which says which, unless the counts are the lock's.
  func require(_ found: SplitCounts) throws(StoreError) {
    guard let counts else { return }
    for (what, expected, found) in [
      ("classes", counts.classes, found.classes), ("training images", counts.train, found.train),
      ("test images", counts.test, found.test),
    ] where expected != found {
      throw .wrongCounts(name: name, what: what, expected: expected, found: found)
    }
  }
}

/// How many classes and images a dataset has.
public struct SplitCounts: Equatable, Sendable {
  public let classes: Int
  public let train: Int
  public let test: Int

  public init(classes: Int, train: Int, test: Int) {
    self.classes = classes
    self.train = train
    self.test = test
  }
}
