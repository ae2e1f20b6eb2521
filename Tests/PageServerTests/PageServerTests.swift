import Foundation
import Testing

@testable import PageServer

@Suite(.timeLimit(.minutes(10))) struct PageServerTests {
  /// Calls `body` with the port of a server of one page.
  private func serving(_ body: @escaping @Sendable (UInt16) throws -> Void) async throws {
    let (ports, told) = AsyncStream<UInt16>.makeStream()
    let server = PageServer(at: .loopback) { path in path == "/" ? .init(html: "<p>the page</p>") : nil }
    let task = Task { try await server.run(port: 0) { told.yield($0) } }
    defer { task.cancel() }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    // A waiting client must not block the server's own thread.
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body(port) }) }
    }
  }

  @Test func aPageIsReadAndItsHeadAlone() async throws {
    try await serving { port in
      let page = RawClient.ask(port, "GET /")
      #expect(page.hasPrefix("HTTP/1.1 200") && page.hasSuffix("\r\n\r\n<p>the page</p>"))
      #expect(page.contains("Cache-Control: no-store") && page.contains("X-Content-Type-Options: nosniff"))
      let head = RawClient.ask(port, "HEAD /")
      #expect(head.hasPrefix("HTTP/1.1 200") && head.contains("Content-Length: 15") && head.hasSuffix("\r\n\r\n"))
      #expect(RawClient.ask(port, "GET /../etc/passwd").hasPrefix("HTTP/1.1 404"))
    }
  }

  @Test func nothingCanBeWritten() async throws {
    try await serving { port in
      for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let answer = RawClient.ask(port, "\(method) /", body: "x=1")
        #expect(answer.hasPrefix("HTTP/1.1 405") && answer.contains("Allow: GET, HEAD"), "\(method): \(answer)")
      }
    }
  }

  @Test func aNameThatSomebodyLedHereIsRefused() async throws {
    try await serving { port in
      for host in [
        "evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "localhost:", "[::1", "", nil,
      ] {
        let answer = RawClient.ask(port, "GET /", host: host)
        #expect(answer.hasPrefix("HTTP/1.1 421") && !answer.contains("the page"), "\(host ?? "none"): \(answer)")
      }
      for host in ["localhost", "LOCALHOST:\(port)", "127.0.0.1", "127.0.0.1:\(port)", "[::1]:\(port)"] {
        #expect(RawClient.ask(port, "GET /", host: host).hasPrefix("HTTP/1.1 200"), "\(host)")
      }
    }
  }

  @Test func clientsThatSayNothingHoldNobodyUp() async throws {
    try await serving { port in
      var idle = (0..<100).compactMap { _ in RawClient(port: port) }
      #expect(idle.count == 100)
      idle[0].send("GET / HT")
      idle[1].send("no HTTP at all\r\n\r\n")
      idle[2].send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n")
      #expect(RawClient.ask(port, "GET /").hasPrefix("HTTP/1.1 200"))
      idle.removeAll()
      #expect(RawClient.ask(port, "GET /").hasPrefix("HTTP/1.1 200"))
    }
  }

  @Test func aPortInUseIsSaidToBeSo() async throws {
    try await serving { port in
      let error = #expect(throws: PageServerError.self) { try ListeningAddress.loopback.requireFree(port: port) }
      #expect(error == .portInUse(address: "127.0.0.1", port: port))
    }
  }

  @Test func anAddressIsInFigures() throws {
    for text in ["example.org", "", "1.2.3", "127.0.0.1:80", "[::1]", "localhost"] {
      #expect(throws: PageServerError.noAddress(text)) { try ListeningAddress(text) }
    }
    for (text, isLoopback) in [("::1", true), ("127.1.2.3", true), ("0.0.0.0", false), ("::", false)] {
      #expect(try ListeningAddress(text).isLoopback == isLoopback)
    }
    #expect(try ListeningAddress("::1").url(port: 80) == "http://[::1]:80/")
    #expect(ListeningAddress.loopback.url(port: 8642) == "http://127.0.0.1:8642/")
    // An address that this machine does not have.
    let error = #expect(throws: PageServerError.self) { try ListeningAddress("192.0.2.1").requireFree(port: 0) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("192.0.2.1"))
  }
}
