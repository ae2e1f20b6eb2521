import Foundation

/// Why nothing can be served.
public enum PageServerError: Error, Equatable, Sendable {
  /// Another program listens there.
  case portInUse(address: String, port: UInt16)
  /// The system refuses to listen there.
  case cannotListen(at: String, port: UInt16, reason: String)
  /// The text is not an IP address.
  case noAddress(String)
}

extension PageServerError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .portInUse(let address, let port):
      """
      Port \(port) of \(address) is in use: another program listens there, maybe another run. Choose another port, or \
      0 for any free one.
      """
    case .cannotListen(let address, let port, let reason):
      "The page cannot be served at \(address), port \(port): \(reason). Choose another address or port."
    case .noAddress(let text):
      """
      "\(text)" is not an IP address to listen on: expected a numeric one of this machine, such as 127.0.0.1, 0.0.0.0 \
      for all IPv4 addresses, or :: for all IPv6 addresses.
      """
    }
  }
}
