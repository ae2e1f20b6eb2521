import Glibc

/// The hosts that a request may address.
///
/// A page of another origin may have pointed a name of its own at this machine; the browser then sends that name.
/// Numeric addresses and names of this machine cannot be redirected.
struct HostCheck: Sendable {
  private let names: Set<String>

  /// - Parameter isLoopback: Whether only this machine can reach the server, which then has no other name.
  init(isLoopback: Bool) {
    names = isLoopback ? ["localhost"] : ["localhost", machineName.lowercased()]
  }

  /// Whether the value of a Host header is one of ours, with or without a port.
  func allows(_ header: String?) -> Bool {
    guard var host = header?.lowercased()[...] else { return false }
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return false }
      let rest = host[host.index(after: end)...]
      return isPort(rest) && isIPAddress(host[host.index(after: host.startIndex)..<end])
    }
    if let colon = host.firstIndex(of: ":") {
      guard isPort(host[colon...]) else { return false }
      host = host[..<colon]
    }
    return names.contains(String(host)) || isIPAddress(host)
  }

  /// Whether the text is empty, or a colon and digits.
  private func isPort(_ text: Substring) -> Bool {
    text.isEmpty
      || text.first == ":" && (2...6).contains(text.count) && text.dropFirst().allSatisfy { ("0"..."9").contains($0) }
  }
}

/// This machine's host name.
let machineName: String = {
  var name = [CChar](repeating: 0, count: 256)
  guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
  return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}()
