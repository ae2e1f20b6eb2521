import Foundation

/// Standard error as what goes on shows there: lines that stay, and on a terminal one below them that changes.
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

  /// Seconds on a clock that only goes forward.
  var time: Double { now() }

  /// Says something that stays.
  func keep(_ text: String, _ event: Event = Event("progress")) {
    clear()
    say(text, event)
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
