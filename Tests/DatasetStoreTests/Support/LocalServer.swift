import Foundation
import Synchronization

/// A request to the local server.
struct Request: Sendable {
  let path: String
  /// Header names are in lower case.
  let headers: [String: String]
  /// The number of earlier requests.
  let number: Int

  /// The first byte, if the request asks for the rest of a file.
  var start: Int? {
    guard let range = headers["range"], range.hasPrefix("bytes="), range.hasSuffix("-") else { return nil }
    return Int(range.dropFirst(6).dropLast())
  }
}

/// A reply, and the ways in which it may misbehave.
struct Reply: Sendable {
  var status = 200
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  /// The length promised in the header, if not the body's; -1 promises none.
  var promised: Int?
  /// Closes the connection after this many bytes of the body.
  var cutAfter: Int?
  /// Goes silent after this many bytes of the body, without closing the connection.
  var stallAfter: Int?

  static let tag = "\"version-1\""

  /// Returns a file, or the requested part of it, as a correct server does.
  static func file(_ bytes: [UInt8], _ request: Request, tag: String? = tag) -> Reply {
    var reply = Reply()
    if let tag { reply.headers["ETag"] = tag }
    let fits = request.headers["if-range"].map { $0 == tag } ?? true
    guard let start = request.start, fits else {
      reply.body = bytes
      return reply
    }
    guard start < bytes.count else { return Reply(status: 416) }
    reply.status = 206
    reply.headers["Content-Range"] = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
    reply.body = Array(bytes[start...])
    return reply
  }

  static func redirect(to address: String) -> Reply { Reply(status: 302, headers: ["Location": address]) }
}

/// A server on this machine that answers with `reply`, correctly or not.
final class LocalServer: Sendable {
  typealias Handler = @Sendable (Request) -> Reply

  let port: Int
  private let socket: Int32
  private let handler: Handler
  private let log = Mutex<[Request]>([])
  private let isClosed = Atomic(false)

  init(_ handler: @escaping Handler) throws {
    self.handler = handler
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (socket, isOpen) = (self.socket, self.socket >= 0)
    port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard isOpen, bind(socket, address, size) == 0, listen(socket, 16) == 0 else { return 0 }
        var length = size
        getsockname(socket, address, &length)
        return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
          Int(UInt16(bigEndian: $0.pointee.sin_port))
        }
      }
    }
    guard port > 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    Thread.detachNewThread { [self] in serve() }
  }

  var requests: [Request] { log.withLock { $0 } }

  func address(_ name: String) -> String { "http://127.0.0.1:\(port)/\(name)" }

  func close() {
    isClosed.store(true, ordering: .relaxed)
    shutdown(socket, Int32(SHUT_RDWR))
    Glibc.close(socket)
  }

  private func serve() {
    while !isClosed.load(ordering: .relaxed) {
      let client = accept(socket, nil, nil)
      guard client >= 0 else { return }
      Thread.detachNewThread { [self] in
        answer(client)
        Glibc.close(client)
      }
    }
  }

  private func answer(_ client: Int32) {
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !String(decoding: text, as: UTF8.self).contains("\r\n\r\n") {
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      text += buffer[..<count]
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    let request = log.withLock { log in
      let request = Request(
        path: lines.first?.split(separator: " ").dropFirst().first.map(String.init) ?? "", headers: headers,
        number: log.count)
      log.append(request)
      return request
    }
    send(handler(request), to: client)
  }

  private func send(_ reply: Reply, to client: Int32) {
    var head = "HTTP/1.1 \(reply.status) X\r\nConnection: close\r\n"
    let promised = reply.promised ?? reply.body.count
    if promised >= 0 { head += "Content-Length: \(promised)\r\n" }
    for (name, value) in reply.headers { head += "\(name): \(value)\r\n" }
    guard write(Array((head + "\r\n").utf8), to: client) else { return }
    let limit = min(reply.cutAfter ?? .max, reply.stallAfter ?? .max)
    guard write(Array(reply.body.prefix(limit)), to: client) else { return }
    guard reply.stallAfter != nil else { return }
    var byte: UInt8 = 0
    _ = recv(client, &byte, 1, 0)  // until the other side goes
  }

  private func write(_ bytes: [UInt8], to client: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
