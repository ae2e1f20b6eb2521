import ArgumentParser
import Glibc
import Synchronization

/// Notes Ctrl-C, SIGTERM and SIGHUP, so that a run can end between two steps; a second one ends the program at once.
///
/// A handler and not `SIG_IGN`: what is ignored stays so in programs that are started meanwhile, such as gnuplot and git, and
/// nothing gentle would end them; a handler is left behind. Of several, made one within the life of another, each is told.
final class StopSignals {
  private let previous: [(number: Int32, handler: __sighandler_t?)]
  private let bits: UInt64
  /// Those of its signals that no other one notes.
  private let own: UInt64

  init(_ numbers: [Int32] = [SIGINT, SIGTERM, SIGHUP]) {
    // Under nohup a hang-up is ignored, and stays so.
    let heeded = numbers.filter { $0 != SIGHUP || handler(of: $0) != ignoring }
    bits = heeded.reduce(0) { $0 | bit($1) }
    own = heeded.filter { handler(of: $0) != noting }.reduce(0) { $0 | bit($1) }
    noted.bitwiseAnd(~own, ordering: .relaxed)
    unblock(heeded)
    previous = heeded.map { ($0, signal($0, note)) }
  }

  /// Leaves the signals to whom they were left before.
  deinit {
    for (number, handler) in previous { signal(number, handler) }
    noted.bitwiseAnd(~own, ordering: .relaxed)
  }

  /// Whether the user wants an end.
  var isStopWanted: Bool { noted.load(ordering: .relaxed) & bits != 0 }

  /// The exit code of a program that a signal ended: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
  static var exitCode: ExitCode {
    let number = last.load(ordering: .relaxed)
    return ExitCode(128 + (number == SIGTERM || number == SIGHUP ? number : SIGINT))
  }
}

private func bit(_ number: Int32) -> UInt64 { 1 << UInt64(number) }

/// What started the program may have blocked signals, as thread pools do, and left that to it.
private func unblock(_ numbers: [Int32]) {
  var set = sigset_t()
  sigemptyset(&set)
  for number in numbers { sigaddset(&set, number) }
  pthread_sigmask(SIG_UNBLOCK, &set, nil)
}

/// The address of what handles a signal.
private func handler(of number: Int32) -> UInt {
  var action = sigaction()
  guard sigaction(number, nil, &action) == 0 else { return 0 }
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
}
private let ignoring: UInt = 1
private var noting: UInt { unsafeBitCast(note, to: UInt.self) }

// A handler can reach nothing but what is global.

/// Notes a signal; the second one ends the program at once.
private let note: @convention(c) (Int32) -> Void = {
  last.store($0, ordering: .relaxed)
  let before = noted.bitwiseOr(bit($0), ordering: .relaxed).oldValue
  if before == 0 { first.store(seconds(), ordering: .relaxed) }
  // A terminal that is closed sends its hang-up twice, through the shell and by itself; so does a scheduler its SIGTERM,
  // and an end of session both. A person's Ctrl-C counts, whichever of two threads is the first to take its signal.
  let isByHand = ($0 == SIGINT) || (before & bit(SIGINT)) != 0
  if before != 0, isByHand || seconds() - first.load(ordering: .relaxed) > 1 { _exit(128 + $0) }
}

/// The signals that came and are still to be heeded, a bit each.
private let noted = Atomic<UInt64>(0)
/// The signal that came last, 0 for none.
private let last = Atomic<Int32>(0)
/// When the first of them came.
private let first = Atomic<Int>(0)

/// Seconds on a clock that only goes forward, whole ones.
private func seconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec
}
