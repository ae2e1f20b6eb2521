import ArgumentParser
import Glibc
import PageServer
import Synchronization

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the page of an output folder to a browser, updated as its runs progress.",
    discussion: """
      Serves the page of bench report, plus the curves of unfinished runs, at http://127.0.0.1:PORT/ until Ctrl-C. It \
      is read-only, and answers only requests that call this machine by its address or its own name. bench ablation \
      --serve starts it along with the runs.
      """)

  @Argument(help: "Output folder of bench ablation or bench train.")
  var folder: String

  @Option(help: ArgumentHelp("Port to listen on; 0 picks a free one.", valueName: "port"))
  var port: UInt16 = ServeOptions.standardPort

  @Option(
    help: ArgumentHelp(
      "Address to listen on, such as 0.0.0.0 to allow other machines.", valueName: "address"))
  var host = "127.0.0.1"

  @Flag(help: .hidden)
  var untilInputEnds = false

  func run() throws {
    let address = try ListeningAddress(host)
    try address.requireFree(port: port)
    let folder = try Results(ofFolder: folder).folder
    if untilInputEnds { Self.stepBack() }
    let pages = try ServedPages(of: folder)
    let input = untilInputEnds ? ProgressInput() : nil
    let failure = Mutex<(any Error)?>(nil)
    let server = PageServer(at: address, page: pages.page)
    let serving = Task.detached { [port] in
      do { try await server.run(port: port) { print(address.url(port: $0)) } } catch {
        failure.withLock { $0 = error }
      }
    }
    defer { serving.cancel() }
    let signals = StopSignals()
    while !signals.isStopWanted, input?.wait(seconds: 1) ?? pause() {
      if let error = failure.withLock({ $0 }) { throw error }
      pages.refresh(progress: input?.line)
    }
  }

  /// Waits a second, or less if a signal arrives; always returns true.
  private func pause() -> Bool {
    sleep(1)
    return true
  }

  /// Lowers the priority and limits memory and descriptors, so as not to disturb the run that is served.
  private static func stepBack() {
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    for (resource, most) in [(RLIMIT_AS, rlim_t(4 << 30)), (RLIMIT_NOFILE, 512), (RLIMIT_CORE, 0)] {
      var limit = rlimit()
      let resource = __rlimit_resource_t(resource.rawValue)
      guard getrlimit(resource, &limit) == 0 else { continue }
      limit.rlim_cur = min(limit.rlim_cur, most)
      setrlimit(resource, &limit)
    }
  }
}
