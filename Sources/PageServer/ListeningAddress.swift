import FlyingSocks
import Glibc

/// The address that a server listens at: an IP address of this machine.
public struct ListeningAddress: Sendable {
  /// Reachable from this machine only.
  public static let loopback = ListeningAddress(text: "127.0.0.1", isIPv6: false)

  /// The address as it was given.
  public let text: String
  let isIPv6: Bool

  private init(text: String, isIPv6: Bool) { (self.text, self.isIPv6) = (text, isIPv6) }

  /// Parses an address such as "0.0.0.0" or "::"; throws `noAddress` for anything else, including host names.
  public init(_ text: String) throws(PageServerError) {
    guard isIPAddress(text) else { throw .noAddress(text) }
    self.init(text: text, isIPv6: text.contains(":"))
  }

  /// Whether only this machine can reach it.
  public var isLoopback: Bool { text.hasPrefix("127.") || text == "::1" }

  /// Returns the URL for a browser.
  public func url(port: UInt16) -> String {
    // A wildcard address cannot be opened.
    let host = ["0.0.0.0", "::"].contains(text) ? machineName : isIPv6 ? "[\(text)]" : text
    return "http://\(host):\(port)/"
  }

  /// Throws `portInUse` or `cannotListen` if nothing can listen there now.
  public func requireFree(port: UInt16) throws(PageServerError) {
    do {
      let address = try socketAddress(port: port)
      let socket = try Socket(domain: Int32(address.family))
      defer { try? socket.close() }
      try socket.setValue(true, for: .localAddressReuse)
      try socket.bind(to: address)
      try socket.listen()
    } catch let error as SocketError {
      if case .failed(_, EADDRINUSE, _) = error { throw .portInUse(address: text, port: port) }
      guard case .failed(_, let number, _) = error else {
        throw .cannotListen(at: text, port: port, reason: "\(error)")
      }
      throw .cannotListen(at: text, port: port, reason: String(cString: strerror(number)))
    } catch { throw .cannotListen(at: text, port: port, reason: "\(error)") }
  }

  func socketAddress(port: UInt16) throws -> any SocketAddress {
    isIPv6 ? try sockaddr_in6.inet6(ip6: text, port: port) : try sockaddr_in.inet(ip4: text, port: port)
  }
}

/// Whether the text is a numeric IPv4 or IPv6 address.
func isIPAddress(_ text: some StringProtocol) -> Bool {
  var (four, six) = (in_addr(), in6_addr())
  let text = String(text)
  return inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
}
