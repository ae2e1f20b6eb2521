import ArgumentParser
import PageServer

/// Whether a run shows how far it is in a browser.
struct ServeOptions: ParsableArguments {
  static let standardPort: UInt16 = 8642

  @Option(
    name: .customLong("serve"), defaultAsFlag: Int(ServeOptions.standardPort), parsing: .next,
    help: ArgumentHelp(
      """
      Serve the growing page of the runs at http://127.0.0.1:PORT/ while they go on; 0 takes any port that is free. It is read-only, \
      and a process of its own: whatever becomes of it, the runs go on.
      """, valueName: "port"))
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "With --serve: listen at this address, such as 0.0.0.0 for other machines, too (default: 127.0.0.1).",
      valueName: "address"))
  var serveHost: String?

  func validate() throws {
    if let port, UInt16(exactly: port) == nil { throw ValidationError("--serve \(port): expected a port, 0 to 65535.") }
    guard serveHost == nil || port != nil else { throw ValidationError("--serve-host goes with --serve.") }
  }

  /// Where to listen; nil for nowhere. Throws `PageServerError` if that is no place, or not free.
  func checked() throws -> (address: ListeningAddress, port: UInt16)? {
    guard let port = port.map(UInt16.init) else { return nil }
    let address = try serveHost.map(ListeningAddress.init) ?? .loopback
    try address.requireFree(port: port)
    return (address, port)
  }
}
