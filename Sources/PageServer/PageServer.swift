import FlyingFox
import FlyingSocks
import Foundation

/// A read-only HTTP server for a few pages, by default for this machine only. It answers only requests for this host,
/// so that no page of another origin can reach it by a name that points here (DNS rebinding).
public struct PageServer: Sendable {
  /// The content at a path.
  public struct Page: Sendable {
    public let type: String
    public let body: Data

    public init(html: String) { (type, body) = ("text/html; charset=utf-8", Data(html.utf8)) }
  }

  private let address: ListeningAddress
  private let handler: PageHandler

  /// - Parameter page: Returns the content at a path such as "/", or nil for none. Called per request; must be fast.
  public init(at address: ListeningAddress, page: @escaping @Sendable (_ path: String) -> Page?) {
    self.address = address
    handler = PageHandler(hosts: HostCheck(isLoopback: address.isLoopback), page: page)
  }

  /// Serves until the task is cancelled; throws `PageServerError` if it cannot start.
  ///
  /// What clients can do to a server, such as using up its descriptors, only ends their connections: it listens again.
  ///
  /// - Parameters:
  ///   - port: 0 lets the system choose.
  ///   - ready: Called with the port as soon as the server listens.
  public func run(port: UInt16, ready: @Sendable (_ port: UInt16) -> Void) async throws {
    try address.requireFree(port: port)
    var port = port
    var isFirst = true
    while !Task.isCancelled {
      let server = HTTPServer(
        config: .init(address: try address.socketAddress(port: port), logger: .disabled), handler: handler)
      let serving = Task { try await server.run() }
      defer { serving.cancel() }
      if isFirst {
        do { try await server.waitUntilListening(timeout: 10) } catch {
          throw PageServerError.cannotListen(at: address.text, port: port, reason: "\(error)")
        }
        port = await server.port ?? port
        ready(port)
        isFirst = false
      }
      await withTaskCancellationHandler {
        _ = await serving.result
      } onCancel: {
        serving.cancel()
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }
}

extension HTTPServer {
  fileprivate var port: UInt16? {
    switch listeningAddress {
    case .ip4(_, let port), .ip6(_, let port): port
    case .unix, nil: nil
    }
  }
}
