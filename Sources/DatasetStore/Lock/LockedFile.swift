/// A file that can be fetched or imported, and how to verify it.
public struct LockedFile: Equatable, Sendable {
  public let name: String
  /// Addresses in the order to try them; empty if users must provide the file.
  public let addresses: [String]
  /// The length in bytes, if known.
  public let bytes: Int?
  /// 64 lower-case hexadecimal digits; nil if unknown, so that the first fetch is trusted.
  public let sha256: String?
  /// The start of the checksum, if no more is known.
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

  /// Whether it is an archive to unpack, rather than a file to keep as it is.
  public var isArchive: Bool { Self.isArchive(name) }

  /// Whether a file with this name is an archive that can be unpacked.
  public static func isArchive(_ name: String) -> Bool {
    [".tgz", ".tar.gz", ".tar", ".zip"].contains { name.lowercased().hasSuffix($0) }
  }
}

/// A dataset or a set of weights: its files and metadata.
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
  /// The licence or terms of use, as text.
  public let terms: String
  public let citation: String
  /// The owners' page.
  public let page: String
  /// A dataset's numbers of classes, training and test images.
  public let counts: SplitCounts?
  /// Sorted by name.
  public let files: [LockedFile]

  /// The total length of all files in bytes; nil if one is unknown.
  public var bytes: Int? {
    files.reduce(0) { sum, file in sum.flatMap { sum in file.bytes.map { sum + $0 } } }
  }

  /// Whether every file has an address.
  public var canBeFetched: Bool { files.allSatisfy { !$0.addresses.isEmpty } }

  /// Throws `wrongCounts` for the first count that differs from the lock's.
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

/// The numbers of classes and images in a dataset.
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
