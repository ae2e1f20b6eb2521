import Foundation

/// Standard error as what goes on shows there: lines that stay, and on a terminal one below them that changes.
final class ProgressLine {
  let isTerminal: Bool
  private let now: () -> Double
  private let width: () -> Int
  private let write: (String) -> Void
  private var isDrawn = false
  private var lastDrawn = -Double.infinity

  init(
    isTerminal: Bool = StandardError.isTerminal, width: @escaping () -> Int = { StandardError.columns },
    now: @escaping () -> Double = { ProcessInfo.processInfo.systemUptime },
    write: @escaping (String) -> Void = StandardError.write
  ) {
    self.isTerminal = isTerminal
    self.width = width
    self.now = now
    self.write = write
  }

  deinit { clear() }

  /// Seconds on a clock that only goes forward.
  var time: Double { now() }

  /// Writes a line that stays.
  func keep(_ text: String) {
    clear()
    write(text + "\n")
  }

  /// Shows the text of at most the given length in the line that changes, five times a second at most, or at once.
  func change(atOnce: Bool = false, _ text: (_ length: Int) -> String) {
    guard isTerminal, atOnce || now() - lastDrawn > 0.2 else { return }
    lastDrawn = now()
    isDrawn = true
    // In the last column some terminals begin a new line.
    let length = max(20, width() - 1)
    write("\r\u{1B}[K" + text(length).prefix(length))
  }

  /// Takes the line that changes away.
  func clear() {
    if isDrawn { write("\r\u{1B}[K") }
    isDrawn = false
  }
}

/// "1 h 10 min", "1 min 10 s", "10 s".
func durationText(_ seconds: Double) -> String {
  let seconds = Int(min(max(0, seconds), 1e8))
  return switch seconds {
  case 3600...: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  case 60...: "\(seconds / 60) min \(seconds % 60) s"
  default: "\(seconds) s"
  }
}
