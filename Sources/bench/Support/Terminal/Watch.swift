import Records
import Synchronization

/// Shows the progress of long work, and stops it at Ctrl-C. Any thread may call it.
final class Watch: @unchecked Sendable {
  // Sendable: the signals are only read, and the lock guards the rest.
  private let signals = StopSignals()
  private let count: Mutex<WorkCount>

  /// - Parameter work: What is being done, such as "Checking images".
  init(_ work: String) { count = Mutex(WorkCount(work)) }

  /// Shows that `done` of `count` parts are done; returns false if the user wants to stop.
  func goOn(_ done: Int, _ count: Int) -> Bool {
    self.count.withLock { $0.show(done, of: count) }
    return !signals.isStopWanted
  }
}

/// Shows the progress of equal parts of work: a changing line on a terminal; else, if it takes long, a line per tenth.
final class WorkCount {
  private let work: String
  private let display: ProgressLine
  private let start: Double
  private var tenth = 0

  /// Seconds of work without output.
  private static let patience = 5.0

  init(_ work: String, display: ProgressLine = ProgressLine()) {
    self.work = work
    self.display = display
    start = display.time
  }

  func show(_ done: Int, of count: Int) {
    let seconds = display.time - start
    let left = done > 0 && done < count ? ", \(durationText(seconds / Double(done) * Double(count - done))) left" : ""
    display.change { _ in "\(work): \(done) of \(count)\(left)" }
    let tenth = 10 * done / max(1, count)
    if !display.isTerminal, tenth > self.tenth, seconds > Self.patience {
      display.keep("\(work): \(done) of \(count)\(left)")
    }
    self.tenth = tenth
  }
}
