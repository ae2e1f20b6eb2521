import Records
import Synchronization

/// Watches a long piece of work: shows how far it is, and stops it at Ctrl-C. Any thread may call it.
final class Watch: @unchecked Sendable {
  // Sendable: the signals are only asked, and the lock holds the rest.
  private let signals = StopSignals()
  private let count: Mutex<WorkCount>

  /// - Parameter work: what goes on: "Checking images".
  init(_ work: String) { count = Mutex(WorkCount(work)) }

  /// Shows that so many of `count` parts are done; false if the user wants an end.
  func goOn(_ done: Int, _ count: Int) -> Bool {
    self.count.withLock { $0.show(done, of: count) }
    return !signals.isStopWanted
  }
}

/// How far work of equal parts is: in a line that changes on a terminal; elsewhere, if it takes long, in a line for each tenth.
final class WorkCount {
  private let work: String
  private let display: ProgressLine
  private let start: Double
  private var tenth = 0

  /// Seconds that work may take without a word.
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
