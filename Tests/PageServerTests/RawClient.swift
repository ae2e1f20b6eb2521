import Foundation

/// A connection to a port of this machine that sends bytes unchanged.
final class RawClient {
  private let descriptor: Int32

  /// Returns nil if nothing listens there.
  init?(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let isThere = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isThere else { return nil }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Returns everything until the other side closes the connection.
  func receive() -> String {
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65536))
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  /// Returns the answer to one request; empty if nothing listens there.
  ///
  /// The server shares its few threads with all other tests and drops clients that it has no time for, so a request
  /// without an answer is repeated for up to five minutes.
  static func ask(_ port: UInt16, _ line: String, host: String? = "localhost", body: String = "") -> String {
    let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
    let request =
      "\(line) HTTP/1.1\r\n" + (host.map { "Host: \($0)\r\n" } ?? "") + length + "Connection: close\r\n\r\n" + body
    let start = Date()
    while let client = RawClient(port: port) {
      client.send(request)
      let answer = client.receive()
      if !answer.isEmpty || start.timeIntervalSinceNow < -300 { return answer }
    }
    return ""
  }
}
