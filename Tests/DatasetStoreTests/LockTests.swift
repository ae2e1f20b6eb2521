import Foundation
import Testing

@testable import DatasetStore

@Suite struct LockTests {
  @Test func theBuiltInLock() throws {
    let lock = try Lock.embedded()
    #expect(lock.datasets.map(\.name) == ["aircraft", "cars", "cub"])
    #expect(lock.weights.map(\.name) == ["resnet101", "resnet152", "resnet18", "resnet34", "resnet50"])
    let cub = try lock.item(.datasets, "cub")
    #expect(cub.counts == SplitCounts(classes: 200, train: 5994, test: 5794))
    #expect(cub.bytes == 1_150_585_339 && cub.files[0].addresses.count == 2 && cub.canBeFetched)
    #expect(try !lock.item(.datasets, "cars").canBeFetched && lock.item(.datasets, "cars").files.count == 4)
    for weights in lock.weights {
      let file = try #require(weights.files.first)
      #expect(file.sha256Prefix.map { file.name == "\(weights.name)-\($0).pth" } == true)
      #expect(!file.isArchive && !weights.terms.isEmpty && !weights.citation.isEmpty)
    }
    let error = #expect(throws: StoreError.self) { try lock.item(.datasets, "cbu") }
    #expect(error?.fault == .usage && error?.description.contains("aircraft, cars, cub") == true)
  }

  /// The sections are in order, each after a comment line.
  @Test func theLockIsSorted() {
    let lines = String(decoding: PackageResources.datasets_lock, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let sections = lines.indices.filter { lines[$0].hasPrefix("[") }
    let names = sections.map { String(lines[$0].dropFirst().dropLast()) }
    #expect(names == names.sorted())
    #expect(sections.allSatisfy { lines[$0 - 1].hasPrefix("# ") && lines[$0 - 2].isEmpty })
    for (start, end) in zip(sections, sections.dropFirst() + [lines.count]) {
      let keys = lines[start + 1..<end].filter { $0.contains(" = ") }.map { String($0.prefix { $0 != " " }) }
      #expect(keys == keys.sorted())
    }
  }

  private static let good = """
    format = 1
    [datasets.a]
    citation = "c"
    classes = 2
    page = "p"
    terms = "t"
    test = 1
    title = "A"
    train = 1
    version = "1"
    [datasets.a.files."a.tgz"]
    addresses = ["https://example.org/a.tgz"]
    bytes = 10
    sha256 = "\(String(repeating: "ab", count: 32))"
    """

  @Test func aSmallLock() throws {
    let lock = try Lock(text: Self.good, path: "x.lock")
    #expect(lock.items.count == 1 && lock.items[0].files[0].isArchive)
  }

  @Test(arguments: [
    ("format = 1", "format = 2"), ("format = 1", "format = \"1\""), ("format = 1", ""), ("format = 1", "format = "),
    ("bytes = 10", "bytes = -1"), ("bytes = 10", "bytes = 0"), ("bytes = 10", "bytes = 99999999999999999"),
    ("bytes = 10", "bytes = 1e3"), ("bytes = 10", "bytez = 10"), ("bytes = 10", "bytes = 10\nbytes = 10"),
    ("\"abab", "\"xbab"), ("\"abab", "\"ABAB"), ("\"abab", "\"ab"), ("sha256", "sha512"),
    ("\"a.tgz\"", "\"../a.tgz\""), ("\"a.tgz\"", "\"/a.tgz\""), ("\"a.tgz\"", "\".a\""), ("\"a.tgz\"", "\"a\\u0000b\""),
    ("datasets.a]", "datasets.\"a/b\"]"), ("datasets.a.files", "datasets.b.files"), ("title = \"A\"", "title = [1]"),
    ("https://example.org", "ftp://example.org"), ("https://example.org", "file:///etc"),
    ("https://example.org", "https://user@example.org"), ("https://example.org", "https://exa mple.org"),
    ("[\"https://example.org/a.tgz\"]", "\"https://example.org/a.tgz\""), ("[\"https://example.org/a.tgz\"]", "[1]"),
    ("[datasets.a.files.\"a.tgz\"]", "[datasets.a.filez.\"a.tgz\"]"), ("[datasets.a]", "[[datasets.a]]"),
    ("version = \"1\"", ""), ("train = 1", "train = \"1\""),
  ]) func damageIsNamed(_ part: String, _ replacement: String) throws {
    let text = Self.good.replacingOccurrences(of: part, with: replacement)
    let error = #expect(throws: StoreError.self) { try Lock(text: text, path: "x.lock") }
    #expect(error?.fault == .data && error?.description.contains("x.lock") == true)
  }

  @Test func plainHTTPNeedsAChecksumOrThisMachine() {
    for address in ["http://example.org/a", "http://127.0.0.1.example.org/a"] {
      #expect(WebAddress.isAllowed(address, withChecksum: true) && !WebAddress.isAllowed(address, withChecksum: false))
    }
    #expect(WebAddress.isAllowed("http://127.0.0.1:80/a", withChecksum: false))
  }

  @Test func hostileTexts() throws {
    let texts = [
      "", "\u{0}", String(repeating: "[", count: 100_000), String(repeating: "a.", count: 50_000) + "b = 1",
      "a = " + String(repeating: "[", count: 5000), "a = " + String(repeating: "{a=", count: 5000), "\u{FEFF}",
      "a = \"\\u0000\"",
      "\"a\\u0000\" = 1", "datasets = 1", "[datasets]\na = 1", String(repeating: "x", count: 2 << 20),
    ]
    for text in texts { #expect(throws: StoreError.self) { try Lock(text: text, path: "x.lock") } }
    let good = Array(Self.good.utf8)
    for seed in 0..<2000 {
      var bytes = good
      let choices = noise(13, seed: UInt64(seed))
      for index in 0..<(1 + Int(choices[12]) % 4) {
        bytes[(Int(choices[index * 3]) << 8 + Int(choices[index * 3 + 1])) % bytes.count] = choices[index * 3 + 2]
      }
      _ = try? Lock(text: String(decoding: bytes, as: UTF8.self), path: "x.lock")
    }
  }

  @Test func theLocalLockIsReadAsItWasWritten() throws {
    try withFolder { folder in
      var lock = LocalLock()
      lock.files["a.pth"] = .init(bytes: 3, sha256: digest([1]))
      lock.trees["cub"] = .init(counts: .init(classes: 1, train: 2, test: 3), files: 4, sha256: digest([2]))
      try lock.write(to: folder + "/local.lock")
      #expect(try LocalLock(path: folder + "/local.lock") == lock)
      #expect(try LocalLock(path: folder + "/absent") == LocalLock())
      try Data("[files.a]\nbytes = 3\nsha256 = \"x\"".utf8).write(to: URL(fileURLWithPath: folder + "/local.lock"))
      #expect(throws: StoreError.self) { try LocalLock(path: folder + "/local.lock") }
    }
  }

  @Test(arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1.00 kB"), (330_960, "331 kB"), (1_150_585_339, "1.15 GB"),
    (99_960_000, "100 MB"),
  ])
  func lengthsAreReadable(_ bytes: Int, _ text: String) { #expect(bytesText(bytes) == text) }
}
