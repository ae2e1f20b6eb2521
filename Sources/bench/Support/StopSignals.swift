import Dispatch
import Foundation
import Synchronization

/// Notes Ctrl-C and SIGTERM, so that a run can end between two steps; a second one ends the program at once.
final class StopSignals {
  private final class Flag: Sendable { let isSet = Atomic<Bool>(false) }
  private let flag = Flag()
  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM].map { [flag] number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { if flag.isSet.exchange(true, ordering: .relaxed) { _exit(128 + number) } }
      source.resume()
      return source
    }
  }

  /// Leaves the signals to the system again.
  func release() { for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) } }

  /// Whether the user wants an end.
  var isStopWanted: Bool { flag.isSet.load(ordering: .relaxed) }
}
