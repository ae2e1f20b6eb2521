import ArgumentParser
import PageServer

/// Whether a run shows its progress in a browser.
struct ServeOptions: ParsableArguments {
  static let standardPort: UInt16 = 8642

  @Option(
    name: .customLong("serve"), defaultAsFlag: Int(ServeOptions.standardPort), parsing: .next,
    help: ArgumentHelp(
      """
      Serve a live, read-only page of the runs at http://127.0.0.1:PORT/; 0 picks a free port. The server is a \
      separate process: if it fails, the runs continue.
      """, valueName: "port"))
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "With --serve: address to listen on, such as 0.0.0.0 to allow other machines (default: 127.0.0.1).",
      valueName: "address"))
  var serveHost: String?

  func validate() throws {
    if let port, UInt16(exactly: port) == nil { throw ValidationError("--serve \(port): expected a port, 0 to 65535.") }
    guard serveHost == nil || port != nil else { throw ValidationError("--serve-host needs --serve.") }
  }

  /// Returns where to listen, or nil for nowhere. Throws `PageServerError` if it is invalid or not free.
  func checked() throws -> (address: ListeningAddress, port: UInt16)? {
    guard let port = port.map(UInt16.init) else { return nil }
    let address = try serveHost.map(ListeningAddress.init) ?? .loopback
    try address.requireFree(port: port)
    return (address, port)
  }
}
