import Foundation

/// Progress on standard error: permanent lines, and on a terminal a changing one below them.
final class ProgressLine {
  let isTerminal: Bool
  private let now: () -> Double
  private let width: () -> Int
  private let write: (String) -> Void
  private let say: (String, Event) -> Void
  private var isDrawn = false
  private var lastDrawn = -Double.infinity

  init(
    isTerminal: Bool = Messages.drawsProgress, width: @escaping () -> Int = { StandardError.columns },
    now: @escaping () -> Double = { ProcessInfo.processInfo.systemUptime },
    write: @escaping (String) -> Void = StandardError.write,
    say: @escaping (String, Event) -> Void = { bench.say(.info, $0, $1) }
  ) {
    self.isTerminal = isTerminal
    self.width = width
    self.now = now
    self.write = write
    self.say = say
  }

  deinit { clear() }

  /// Seconds on a monotonic clock.
  var time: Double { now() }

  /// Prints a permanent line.
  func keep(_ text: String, _ event: Event = Event("progress")) {
    clear()
    say(text, event)
  }

  /// Shows text of at most the given length in the changing line, at most five times a second unless `atOnce`.
  func change(atOnce: Bool = false, _ text: (_ length: Int) -> String) {
    guard isTerminal, atOnce || now() - lastDrawn > 0.2 else { return }
    lastDrawn = now()
    isDrawn = true
    // Some terminals start a new line after the last column.
    let length = max(20, width() - 1)
    write("\r\u{1B}[K" + text(length).prefix(length))
  }

  /// Removes the changing line.
  func clear() {
    if isDrawn { write("\r\u{1B}[K") }
    isDrawn = false
  }
}
