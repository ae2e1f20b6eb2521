import Dispatch
import Foundation
import Synchronization

/// Notes Ctrl-C and SIGTERM, so that a run can end between two steps; a second one ends the program at once.
final class StopSignals: Sendable {
  private let caught = Atomic<Bool>(false)
  private let sources = Mutex<[any DispatchSourceSignal]>([])

  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        guard let self else { return }
        if self.caught.exchange(true, ordering: .relaxed) { _exit(128 + number) }
      }
      source.resume()
      sources.withLock { $0.append(source) }
    }
  }

  /// Whether the user wants an end.
  var isStopWanted: Bool { caught.load(ordering: .relaxed) }
}
