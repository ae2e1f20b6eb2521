import Foundation

/// Which addresses may be fetched from.
enum WebAddress {
  /// Allows HTTPS; allows plain HTTP only with a checksum or to this machine.
  static func isAllowed(_ address: String, withChecksum: Bool) -> Bool {
    guard address.utf8.count <= 2000, address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty, parts.user == nil
    else { return false }
    switch parts.scheme {
    case "https": return true
    case "http": return withChecksum || isThisMachine(host)
    default: return false
    }
  }

  static func isThisMachine(_ host: String) -> Bool { ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host) }

  static func host(_ address: String) -> String { URLComponents(string: address)?.host ?? address }
}
