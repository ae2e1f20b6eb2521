import Files
import Foundation
import Synchronization
import Testing

@testable import DatasetStore

/// The lock of one dataset whose archive has no checksum, at a local port.
private func lock(port: Int, weights: Bool = false, prefix: String? = nil) throws -> Lock {
  let item = weights ? "weights.net" : "datasets.cub"
  return try Lock(
    text: """
      format = 1
      [\(item)]
      citation = "none"
      \(weights ? "" : "classes = 3\ntest = 3\ntrain = 9")
      page = "https://example.org"
      terms = "free"
      title = "Small"
      version = "1"
      [\(item).files."\(weights ? "net.pth" : "CUB_200_2011.tgz")"]
      addresses = ["http://127.0.0.1:\(port)/file"]
      \(prefix.map { "sha256_prefix = \"\($0)\"" } ?? "")
      """, path: "test.lock")
}

/// The server's next reply.
private final class Answer: Sendable {
  private let reply = Mutex(Reply())
  var next: Reply {
    get { reply.withLock { $0 } }
    set { reply.withLock { $0 = newValue } }
  }
}

private func withStore(
  weights: Bool = false, prefix: String? = nil, _ body: (Store, LockedItem, Answer) throws -> Void
) throws {
  let answer = Answer()
  let server = try LocalServer { _ in answer.next }
  defer { server.close() }
  try withFolder { folder in
    var store = Store(folder: folder + "/store", lock: try lock(port: server.port, weights: weights, prefix: prefix))
    store.policy = quickPolicy
    try body(store, store.lock.items[0], answer)
  }
}

private let counts = SplitCounts(classes: 3, train: 9, test: 3)
private let page = Array("<!DOCTYPE html><html><body>Log in to go on</body></html>".utf8)

@Suite struct TrustTests {
  private func archive() throws -> [UInt8] { try fixture("CUB_200_2011.tgz") }

  /// Whatever is wrong with the first download, nothing is trusted, and the next one fetches the file again.
  @Test(arguments: ["page", "silent page", "cut", "other counts", "no dataset"])
  func whatIsWrongAtFirstIsNotTrusted(_ what: String) throws {
    struct Refused: Error {}
    try withStore { (store, item, answer) throws in
      let sound = try archive()
      let fetched: () throws -> String
      switch what {
      case "page":
        answer.next = Reply(headers: ["Content-Type": "text/html; charset=utf-8"], body: page)
        fetched = { try store.fetch(item) { _ in counts } }
      case "silent page":
        answer.next = Reply(body: page)
        fetched = { try store.fetch(item) { _ in counts } }
      case "cut":
        answer.next = Reply(body: Array(sound.dropLast(700)))
        fetched = { try store.fetch(item) { _ in counts } }
      case "other counts":
        answer.next = Reply(body: sound)
        fetched = { try store.fetch(item) { _ in SplitCounts(classes: 2, train: 9, test: 3) } }
      default:
        answer.next = Reply(body: sound)
        fetched = { try store.fetch(item) { _ in throw Refused() } }
      }
      let error = #expect(throws: (any Error).self) { try fetched() }
      if what.hasSuffix("page") { #expect("\(error.map { "\($0)" } ?? "")".contains("a web page")) }
      #expect(try LocalLock(path: store.localLockPath).files.isEmpty && !store.has(item))
      answer.next = Reply(body: sound)
      let place = try store.fetch(item) { _ in counts }
      #expect(place == store.location(of: item))
      #expect(try LocalLock(path: store.localLockPath).files["CUB_200_2011.tgz"]?.sha256 == digest(sound))
    }
  }

  @Test func theWayOutOfWrongTrustIsNamed() throws {
    try withStore { (store, item, answer) throws in
      _ = try store.locked()
      var local = LocalLock()
      local.files["CUB_200_2011.tgz"] = .init(bytes: page.count, sha256: digest(page))
      try local.write(to: store.localLockPath)
      answer.next = Reply(body: try archive())
      let error = #expect(throws: StoreError.self) { try store.fetch(item) { _ in counts } }
      #expect(error?.description.contains("forget it: bench data remove cub") == true)
      // That way out works.
      try store.remove(item)
      #expect(try store.fetch(item) { _ in counts } == store.location(of: item))
    }
  }

  @Test func weightsAreTrustedAfterTheyWereRead() throws {
    struct NoWeights: Error {}
    try withStore(weights: true) { (store, item, answer) throws in
      answer.next = Reply(body: page)
      #expect(throws: NoWeights.self) { try store.fetchWeights(item) { _ in throw NoWeights() } }
      #expect(try LocalLock(path: store.localLockPath).files.isEmpty && !store.has(item))
      answer.next = Reply(body: [1, 2, 3])
      let path = try store.fetchWeights(item) { _ in }
      #expect(try store.has(item) && Array(Data(contentsOf: URL(fileURLWithPath: path))) == [1, 2, 3])
      try store.verifyWeights(item)
      #expect(try store.remove(item) && !store.has(item))
      #expect(try LocalLock(path: store.localLockPath).files.isEmpty)
    }
  }

  @Test func weightsOfWhichOnlyTheStartOfAChecksumIsKnownAreComparedWithIt() throws {
    try withStore(weights: true, prefix: String(digest([1, 2, 3]).prefix(8))) { (store, item, answer) throws in
      answer.next = Reply(body: [1, 2, 3])
      let path = try store.fetchWeights(item) { _ in }
      removeFile(store.localLockPath)
      try store.verifyWeights(item)
      try Data([3, 2, 1]).write(to: URL(fileURLWithPath: path))
      #expect { try store.verifyWeights(item) } throws: { "\($0)".contains("a sha256 that starts with") }
    }
  }

  @Test func aTreeIsComparedWithItsListIfTheRecordIsLost() throws {
    try withStore { (store, item, answer) throws in
      answer.next = Reply(body: try archive())
      let place = try store.fetch(item) { _ in counts }
      removeFile(store.localLockPath)
      try store.verify(item) { _ in counts }
      let file = try #require(try Tree.paths(in: place, followingLinks: true).first)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: place + "/" + file))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data([1]))
      try handle.close()
      #expect { try store.verify(item) { _ in counts } } throws: { "\($0)".contains(file) }
    }
  }

  @Test(arguments: [Int.max, Int.max - (64 << 20), 17 << 30]) func aLengthBeyondReasonIsRefused(length: Int) throws {
    try withStore(weights: true) { (store, item, answer) throws in
      answer.next = Reply(body: [1], promised: length)
      #expect { try store.fetchWeights(item) { _ in } } throws: { "\($0)".contains("is said to have \(length) bytes") }
    }
  }

  @Test func importedWeightsAreReadBeforeTheyAreTrusted() throws {
    struct NoWeights: Error {}
    try withStore(weights: true) { (store, item, _) throws in
      try withFolder { folder in
        let path = folder + "/net.pth"
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
        let datasets: (LockedItem) -> DatasetCheck = { _ in { _ in counts } }
        #expect(throws: NoWeights.self) {
          try store.importFile(path, check: datasets, weightsCheck: { _ in throw NoWeights() })
        }
        #expect(try LocalLock(path: store.localLockPath).files.isEmpty && !store.has(item))
        let imported = try store.importFile(path, check: datasets, weightsCheck: { _ in })
        #expect(imported == .installed(item, at: store.location(of: item)) && store.has(item))
      }
    }
  }
}

@Suite struct AuthorityTests {
  @Test func theVariablesAreThoseOfCurl() {
    func authorities(_ variables: [String: String]) -> DownloadPolicy.Authorities? { .init { variables[$0] } }
    #expect(authorities([:]) == nil && authorities(["SSL_CERT_FILE": ""]) == nil)
    #expect(authorities(["SSL_CERT_FILE": "/a"])?.path == "/a")
    #expect(authorities(["SSL_CERT_FILE": "/a", "CURL_CA_BUNDLE": "/b"])?.variable == "CURL_CA_BUNDLE")
    #expect(authorities(["SSL_CERT_DIR": "/d"])?.path == "/d")
  }

  /// A server whose certificate is signed by a private authority, run by openssl.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
  func anAuthorityOfOnesOwnIsTrusted() throws {
    try withFolder { folder in
      func openssl(_ arguments: [String], waiting: Bool = true) throws -> (Process, Pipe) {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        if waiting { process.waitUntilExit() }
        return (process, output)
      }
      let bytes = noise(5000)
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/file.bin"))
      _ = try openssl([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2",
        "-subj",
        "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
      ])
      let (server, output) = try openssl(
        ["s_server", "-accept", "127.0.0.1:0", "-key", "key.pem", "-cert", "cert.pem", "-WWW"], waiting: false)
      defer { server.terminate() }
      // It prints its address: ACCEPT 127.0.0.1:PORT
      var said = ""
      while !said.contains("ACCEPT") || said.last != "\n" {
        let data = output.fileHandleForReading.availableData
        guard !data.isEmpty else { break }
        said += String(decoding: data, as: UTF8.self)
      }
      let port = try #require(said.split(separator: "\n").last?.split(separator: ":").last.flatMap { Int($0) })
      let address = "https://127.0.0.1:\(port)/file.bin"
      func fetch(_ authorities: DownloadPolicy.Authorities?) throws(StoreError) -> String {
        var policy = quickPolicy
        policy.authorities = authorities
        let file = LockedFile(name: "file.bin", addresses: [address], sha256: digest(bytes))
        return try Download(
          file: file, destination: folder + "/fetched", sha256: digest(bytes), policy: policy, context: StoreContext()
        ).run()
      }
      let own = DownloadPolicy.Authorities { $0 == "SSL_CERT_FILE" ? folder + "/cert.pem" : nil }
      let absent = DownloadPolicy.Authorities { $0 == "CURL_CA_BUNDLE" ? folder + "/absent.pem" : nil }
      let unknown = #expect(throws: StoreError.self) { try fetch(nil) }
      #expect(unknown?.description.contains("name its file in SSL_CERT_FILE") == true)
      let missing = #expect(throws: StoreError.self) { try fetch(absent) }
      let words = "CURL_CA_BUNDLE sets the certificate authorities to \(folder)/absent.pem"
      #expect(missing?.description.contains(words) == true)
      #expect(try fetch(own) == digest(bytes))
    }
  }
}
