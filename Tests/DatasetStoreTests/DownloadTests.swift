import Foundation
import Synchronization
import Testing

@testable import DatasetStore

private let name = "file.bin"
private let bytes = noise(300_000)

/// One download from a server that answers with `handler`.
private struct Attempt {
  let result: Result<String, StoreError>
  let file: [UInt8]?
  let part: [UInt8]?
  let events: Events
  let requests: [Request]

  var error: StoreError? { if case .failure(let error) = result { error } else { nil } }
  var isRight: Bool { error == nil && file == bytes && part == nil }
}

private func download(
  in folder: String, bytes length: Int? = bytes.count, sha256: String? = digest(bytes), prefix: String? = nil,
  addresses: Int = 1, stopAfter: Int = .max, _ handler: @escaping LocalServer.Handler
) throws -> Attempt {
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  let server = try LocalServer(handler)
  defer { server.close() }
  let file = LockedFile(
    name: name, addresses: (0..<addresses).map { server.address("\($0)/" + name) }, bytes: length, sha256: sha256,
    sha256Prefix: prefix)
  let events = Events()
  var context = StoreContext(report: events.add)
  var received = 0
  context.report = { event in
    events.add(event)
    if case .received(_, let bytes, _) = event { received = bytes }
  }
  context.shouldStop = { received >= stopAfter }
  let path = folder + "/" + name
  let download = Download(file: file, destination: path, sha256: sha256, policy: quickPolicy, context: context)
  let result = Result { () throws(StoreError) in try download.run() }
  func read(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map(Array.init) }
  return Attempt(
    result: result, file: read(path), part: read(path + ".part"), events: events, requests: server.requests)
}

@Suite struct DownloadTests {
  @Test func aGoodServer() throws {
    try withFolder { folder in
      let attempt = try download(in: folder) { .file(bytes, $0) }
      #expect(attempt.isRight && attempt.events.starts == [0])
      #expect(try attempt.result.get() == digest(bytes))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
    }
  }

  @Test func aCutIsResumed() throws {
    try withFolder { folder in
      let attempt = try download(in: folder) { request in
        var reply = Reply.file(bytes, request)
        if request.number < 2 { reply.cutAfter = 100_000 }
        return reply
      }
      #expect(attempt.isRight)
      #expect(attempt.events.starts == [0, 100_000, 200_000])
      #expect(attempt.requests.map { $0.headers["if-range"] } == [nil, Reply.tag, Reply.tag])
    }
  }

  @Test func aStallIsCutAndResumed() throws {
    try withFolder { folder in
      let attempt = try download(in: folder) { request in
        var reply = Reply.file(bytes, request)
        if request.number == 0 { reply.stallAfter = 50_000 }
        return reply
      }
      #expect(attempt.isRight && attempt.events.starts == [0, 50_000])
    }
  }

  @Test(arguments: [299_999, 300_001, 5_000_000_000]) func aLieAboutLengthEndsTheAddress(_ promised: Int) throws {
    try withFolder { folder in
      let attempt = try download(in: folder, addresses: 2) { request in
        var reply = Reply.file(bytes, request)
        if request.path.hasPrefix("/0") { reply.promised = promised }
        return reply
      }
      #expect(attempt.isRight && attempt.requests.count == 2)
    }
  }

  @Test(arguments: [true, false]) func moreThanPromisedIsCutOff(_ isLengthKnown: Bool) throws {
    try withFolder { folder in
      let long = bytes + noise(2_000_000, seed: 5)
      let attempt = try download(in: folder, bytes: isLengthKnown ? bytes.count : nil) { _ in
        Reply(body: long, promised: isLengthKnown ? -1 : bytes.count)
      }
      // If the header promised the length, libcurl itself stops there.
      if isLengthKnown {
        #expect(attempt.error?.description.contains("more than the promised 300000 bytes") == true)
        #expect(attempt.file == nil && attempt.part == nil)
      } else {
        #expect(attempt.isRight)
      }
    }
  }

  @Test func wrongBytesAreThrownAway() throws {
    try withFolder { folder in
      var wrong = bytes
      wrong[150_000] ^= 1
      let bad = wrong
      let attempt = try download(in: folder) { .file(bad, $0) }
      let error = try #require(attempt.error)
      #expect(error.fault == .network && error.description.contains("wrong bytes") && error.description.contains(name))
      #expect(error.description.contains(digest(bytes)) && error.description.contains(digest(bad)))
      #expect(attempt.file == nil && attempt.part == nil && attempt.requests.count == 1)
      let second = try download(in: folder, addresses: 2) { .file($0.path.hasPrefix("/0") ? bad : bytes, $0) }
      #expect(second.isRight)
    }
  }

  @Test func aBadPartIsFetchedOnceMoreFromTheStart() throws {
    try withFolder { folder in
      let bad = noise(100_000, seed: 9)
      let attempt = try download(in: folder) { request in
        if request.number == 0 {
          return Reply(headers: ["ETag": Reply.tag], body: bad + bytes[100_000...], cutAfter: 100_000)
        }
        return .file(bytes, request)
      }
      #expect(attempt.isRight && attempt.events.starts == [0, 100_000, 0])
    }
  }

  @Test func redirectsAreFollowedAsFarAsAllowed() throws {
    try withFolder { folder in
      let attempt = try download(in: folder) { request in
        request.path.hasPrefix("/there") ? .file(bytes, request) : .redirect(to: "/there/" + name)
      }
      #expect(attempt.isRight)
      let endless = try download(in: folder + "/second") { .redirect(to: "/\($0.number)") }
      #expect(endless.error?.description.contains("redirects") == true && endless.requests.count == 6)
      for address in ["file:///etc/passwd", "ftp://127.0.0.1/x"] {
        let attempt = try download(in: folder + "/second") { _ in .redirect(to: address) }
        #expect(attempt.error != nil && attempt.requests.count == 1, "no redirect to \(address)")
      }
    }
  }

  @Test func aServerWithoutRangesSendsAllAgain() throws {
    try withFolder { folder in
      let attempt = try download(in: folder) { request in
        Reply(body: bytes, cutAfter: request.number == 0 ? 200_000 : nil)
      }
      #expect(attempt.isRight && attempt.events.starts == [0, 200_000])
    }
  }

  @Test(arguments: [416, 206]) func aWrongAnswerToARangeStartsOver(_ status: Int) throws {
    try withFolder { folder in
      let attempt = try download(in: folder) { request in
        if request.number == 0 { return Reply(headers: ["ETag": Reply.tag], body: bytes, cutAfter: 90_000) }
        guard request.start != nil else { return .file(bytes, request) }
        return Reply(status: status, headers: ["Content-Range": "bytes 5-9/300000"], body: Array(bytes[5..<10]))
      }
      #expect(attempt.isRight && attempt.events.starts == [0, 90_000, 0])
    }
  }

  @Test func aFileThatChangedMeanwhileStartsOver() throws {
    try withFolder { folder in
      let attempt = try download(in: folder, sha256: nil) { request in
        if request.number == 0 {
          return Reply(headers: ["ETag": "\"old\""], body: noise(bytes.count, seed: 3), cutAfter: 70_000)
        }
        return .file(bytes, request)
      }
      #expect(attempt.isRight && attempt.requests[1].headers["if-range"] == "\"old\"")
    }
  }

  @Test(arguments: [404, 403, 410]) func anAbsentFileIsNotAskedForAgain(_ status: Int) throws {
    try withFolder { folder in
      let attempt = try download(in: folder, addresses: 2) { request in
        request.path.hasPrefix("/0") ? Reply(status: status, body: Array("<html>".utf8)) : .file(bytes, request)
      }
      #expect(attempt.isRight && attempt.requests.count == 2 && attempt.events.retries == 0)
    }
  }

  @Test(arguments: [500, 503, 429]) func aBusyServerIsAskedAgain(_ status: Int) throws {
    try withFolder { folder in
      let attempt = try download(in: folder) { $0.number < 2 ? Reply(status: status) : .file(bytes, $0) }
      #expect(attempt.isRight && attempt.events.retries == 2)
      let never = try download(in: folder + "/second") { _ in Reply(status: status) }
      #expect(never.error?.fault == .network && never.requests.count == 3)
    }
  }

  @Test func theNextAddressGoesOnWhereTheFirstEnded() throws {
    try withFolder { folder in
      let attempt = try download(in: folder, addresses: 2) { request in
        if request.path.hasPrefix("/1") { return .file(bytes, request, tag: "\"mirror\"") }
        return request.number == 0 ? Reply(body: bytes, cutAfter: 120_000) : Reply(status: 500)
      }
      #expect(attempt.isRight && attempt.events.starts.last == 120_000)
      #expect(attempt.requests.last?.headers["if-range"] == nil)
    }
  }

  @Test func aServerThatIsNotThere() throws {
    try withFolder { folder in
      let server = try LocalServer { .file(bytes, $0) }
      server.close()
      let file = LockedFile(name: name, addresses: [server.address(name)], bytes: 3, sha256: digest([1, 2, 3]))
      let download = Download(
        file: file, destination: folder + "/a", sha256: file.sha256, policy: quickPolicy, context: StoreContext())
      let error = #expect(throws: StoreError.self) { try download.run() }
      #expect(error?.fault == .network)
    }
  }

  @Test func anInterruptionLeavesAPartThatIsResumed() throws {
    try withFolder { folder in
      let first = try download(in: folder, stopAfter: 1) { request in
        var reply = Reply.file(bytes, request)
        reply.stallAfter = 100_000
        return reply
      }
      guard case .interrupted(let kept?) = first.error else {
        Issue.record("\(String(describing: first.error))")
        return
      }
      #expect(kept == folder + "/" + name + ".part" && first.file == nil)
      let size = try #require(first.part?.count)
      #expect(size > 0 && size <= 100_000)
      let second = try download(in: folder) { .file(bytes, $0) }
      // The port, and so the address, has changed; the checksum makes up for it.
      #expect(second.isRight && second.events.starts == [size])
    }
  }

  @Test func damagedPartsStartOver() throws {
    try withFolder { folder in
      let part = URL(fileURLWithPath: folder + "/" + name + ".part")
      let origin = URL(fileURLWithPath: part.path + ".json")
      for (text, size) in [("nonsense", 10), ("{\"address\": 3}", 10), ("{\"address\": \"x\"}", 400_000)] {
        try Data(noise(size)).write(to: part)
        try Data(text.utf8).write(to: origin)
        let attempt = try download(in: folder) { .file(bytes, $0) }
        #expect(attempt.isRight && attempt.events.starts == [0])
        try FileManager.default.removeItem(atPath: folder + "/" + name)
      }
    }
  }

  @Test func aPrefixOfTheChecksumIsHeld() throws {
    try withFolder { folder in
      let right = try download(in: folder, sha256: nil, prefix: String(digest(bytes).prefix(8))) { .file(bytes, $0) }
      #expect(right.isRight)
      let wrong = try download(in: folder + "/second", sha256: nil, prefix: "0000") { .file(bytes, $0) }
      #expect(wrong.error?.description.contains("starts with 0000") == true && wrong.file == nil)
    }
  }

  @Test func pausesGrowToALimit() {
    let policy = DownloadPolicy()
    #expect([1, 2, 3, 6, 100].map(policy.pause) == [1, 2, 4, 30, 30])
  }
}
