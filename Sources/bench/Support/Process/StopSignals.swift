import ArgumentParser
import Glibc
import Synchronization

/// Records Ctrl-C, SIGTERM and SIGHUP, so that a run can end between two steps; a second one ends the program at once.
///
/// Uses a handler, not `SIG_IGN`: started programs such as gnuplot and git inherit ignored signals, and nothing gentle
/// could end them; they do not inherit a handler. If several instances coexist, each is notified.
final class StopSignals {
  private let previous: [(number: Int32, handler: __sighandler_t?)]
  private let bits: UInt64
  /// Those of its signals that no other instance records.
  private let own: UInt64

  init(_ numbers: [Int32] = [SIGINT, SIGTERM, SIGHUP]) {
    // Under nohup SIGHUP is ignored, and stays so.
    let heeded = numbers.filter { $0 != SIGHUP || handler(of: $0) != ignoring }
    bits = heeded.reduce(0) { $0 | bit($1) }
    own = heeded.filter { handler(of: $0) != noting }.reduce(0) { $0 | bit($1) }
    noted.bitwiseAnd(~own, ordering: .relaxed)
    unblock(heeded)
    previous = heeded.map { ($0, signal($0, note)) }
  }

  /// Restores the previous handlers.
  deinit {
    for (number, handler) in previous { signal(number, handler) }
    noted.bitwiseAnd(~own, ordering: .relaxed)
  }

  /// Whether the user wants to stop.
  var isStopWanted: Bool { noted.load(ordering: .relaxed) & bits != 0 }

  /// The exit code of a program that a signal ended: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
  static var exitCode: ExitCode {
    let number = last.load(ordering: .relaxed)
    return ExitCode(128 + (number == SIGTERM || number == SIGHUP ? number : SIGINT))
  }
}

private func bit(_ number: Int32) -> UInt64 { 1 << UInt64(number) }

/// Unblocks signals that the parent may have blocked, as thread pools do: the mask is inherited.
private func unblock(_ numbers: [Int32]) {
  var set = sigset_t()
  sigemptyset(&set)
  for number in numbers { sigaddset(&set, number) }
  pthread_sigmask(SIG_UNBLOCK, &set, nil)
}

/// The address of a signal's handler.
private func handler(of number: Int32) -> UInt {
  var action = sigaction()
  guard sigaction(number, nil, &action) == 0 else { return 0 }
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
}
private let ignoring: UInt = 1
private var noting: UInt { unsafeBitCast(note, to: UInt.self) }

// A C handler can access only globals.

/// Records a signal; the second one ends the program at once.
private let note: @convention(c) (Int32) -> Void = {
  last.store($0, ordering: .relaxed)
  let before = noted.bitwiseOr(bit($0), ordering: .relaxed).oldValue
  if before == 0 { first.store(seconds(), ordering: .relaxed) }
  // A closing terminal sends SIGHUP twice, through the shell and by itself; a scheduler may send SIGTERM twice, and the
  // end of a session both. A user's Ctrl-C counts, whichever of two threads takes its signal first.
  let isByHand = ($0 == SIGINT) || (before & bit(SIGINT)) != 0
  if before != 0, isByHand || seconds() - first.load(ordering: .relaxed) > 1 { _exit(128 + $0) }
}

/// The received signals that are still pending, a bit each.
private let noted = Atomic<UInt64>(0)
/// The last signal received, 0 for none.
private let last = Atomic<Int32>(0)
/// When the first of them was received.
private let first = Atomic<Int>(0)

/// Whole seconds on a monotonic clock.
private func seconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec
}
