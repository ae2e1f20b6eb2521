import Glibc
import Synchronization

/// Notes Ctrl-C and SIGTERM, so that a run can end between two steps; a second one ends the program at once.
///
/// A handler and not `SIG_IGN`: what is ignored stays so in programs that are started meanwhile, such as gnuplot and git, and
/// nothing gentle would end them; a handler is left behind. There is one at a time.
final class StopSignals {
  private let previous: [(number: Int32, handler: __sighandler_t?)]

  init() {
    isStopNoted.store(false, ordering: .relaxed)
    previous = [SIGINT, SIGTERM].map { number in
      (number, signal(number) { if isStopNoted.exchange(true, ordering: .relaxed) { _exit(128 + $0) } })
    }
  }

  /// Leaves the signals to whom they were left before.
  deinit { for (number, handler) in previous { signal(number, handler) } }

  /// Whether the user wants an end.
  var isStopWanted: Bool { isStopNoted.load(ordering: .relaxed) }
}

/// A handler can reach nothing but what is global.
private let isStopNoted = Atomic<Bool>(false)
