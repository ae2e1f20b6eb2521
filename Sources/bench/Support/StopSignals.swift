import ArgumentParser
import Glibc
import Synchronization

/// Notes Ctrl-C, SIGTERM and SIGHUP, so that a run can end between two steps; a second Ctrl-C or SIGTERM ends the program at
/// once.
///
/// A handler and not `SIG_IGN`: what is ignored stays so in programs that are started meanwhile, such as gnuplot and git, and
/// nothing gentle would end them; a handler is left behind. There is one at a time.
final class StopSignals {
  private let previous: [(number: Int32, handler: __sighandler_t?)]

  init() {
    noted.store(0, ordering: .relaxed)
    // Under nohup a hang-up is ignored, and stays so.
    previous = [SIGINT, SIGTERM, SIGHUP].filter { $0 != SIGHUP || !isIgnored($0) }.map { number in
      (number, signal(number) { if noted.exchange($0, ordering: .relaxed) != 0 && $0 != SIGHUP { _exit(128 + $0) } })
    }
  }

  /// Leaves the signals to whom they were left before.
  deinit { for (number, handler) in previous { signal(number, handler) } }

  /// Whether the user wants an end.
  var isStopWanted: Bool { noted.load(ordering: .relaxed) != 0 }

  /// The exit code of a program that a signal ended: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
  static var exitCode: ExitCode {
    let number = noted.load(ordering: .relaxed)
    return ExitCode(128 + (number == 0 ? SIGINT : number))
  }
}

private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  guard sigaction(number, nil, &action) == 0 else { return false }
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self) == UInt(bitPattern: 1)
}

/// The signal that came last, 0 for none. A handler can reach nothing but what is global.
private let noted = Atomic<Int32>(0)
