import FlyingFox
import FlyingSocks
import Foundation

/// Serves a few pages over HTTP to whoever is asked for, by default to this machine alone: read-only, and to requests for this
/// host only, so that no page of another origin gets at them by a name that it has led here (DNS rebinding).
public struct PageServer: Sendable {
  /// What stands at a path.
  public struct Page: Sendable {
    public let type: String
    public let body: Data

    public init(html: String) { (type, body) = ("text/html; charset=utf-8", Data(html.utf8)) }
  }

  private let address: ListeningAddress
  private let handler: PageHandler

  /// - Parameter page: what stands at a path such as "/"; nil for nothing. It is asked for each request, and must be quick.
  public init(at address: ListeningAddress, page: @escaping @Sendable (_ path: String) -> Page?) {
    self.address = address
    handler = PageHandler(hosts: HostCheck(isLoopback: address.isLoopback), page: page)
  }

  /// Serves until the task is cancelled; throws `PageServerError` if it cannot begin to.
  ///
  /// What clients can do to a server, such as using up its descriptors, ends their connections and no more: it listens again.
  ///
  /// - Parameters:
  ///   - port: 0 leaves it to the system.
  ///   - ready: told the port as soon as it listens.
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
