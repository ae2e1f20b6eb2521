import Timing

/// When the state of a run is saved while it goes on: every so many minutes, and at the end of an epoch unless that would take
/// more than a hundredth of the time.
public final class SavePace {
  /// What is done if nothing is said: every ten minutes, or less often where a save takes more than six seconds.
  public static let standardMinutes = 10.0

  private let interval: Double
  private let isAsked: Bool
  private let now: () -> Int
  private var last: Int
  /// Seconds that the last save took; before the first one, what a small one may take.
  private var cost = 0.01

  /// - Parameters:
  ///   - minutes: what the user asks for, whatever it costs; 0 saves after every step, nil leaves it to the pace.
  ///   - now: nanoseconds on a clock that never goes back.
  init(minutes: Double?, now: @escaping () -> Int = monotonicNanoseconds) {
    interval = 60 * (minutes ?? Self.standardMinutes)
    isAsked = minutes != nil
    self.now = now
    last = now()
  }

  /// A run begins, of which nothing is to be saved yet.
  func begin() { last = now() }

  /// Whether it is time, after a step of which others follow in its epoch, or at the end of one.
  func isDue(atEndOfEpoch: Bool) -> Bool {
    let seconds = Double(now() - last) / 1e9
    let isCheap = seconds >= 100 * cost
    return atEndOfEpoch && isCheap || seconds >= interval && (isCheap || isAsked)
  }

  /// Saves by `body`, and notes what it took.
  func save(_ body: () throws -> Void) rethrows {
    let start = now()
    try body()
    last = now()
    cost = Double(last - start) / 1e9
  }
}
