import Timing

/// Decides when to save the state of a run in progress: at an interval in minutes, and at the end of an epoch
/// unless that would take more than a hundredth of the time.
public final class SavePace {
  /// The default: every ten minutes, or less often if a save takes more than six seconds.
  public static let standardMinutes = 10.0

  private let interval: Double
  private let isAsked: Bool
  private let now: () -> Int
  private var last: Int
  /// Seconds that the last save took; before the first one, an estimate for a small one.
  private var cost = 0.01

  /// - Parameters:
  ///   - minutes: the user's interval, at any cost; 0 saves after every step, nil leaves it to the pace.
  ///   - now: nanoseconds of a monotonic clock.
  init(minutes: Double?, now: @escaping () -> Int = monotonicNanoseconds) {
    interval = 60 * (minutes ?? Self.standardMinutes)
    isAsked = minutes != nil
    self.now = now
    last = now()
  }

  /// Begins a run that has nothing to save yet.
  func begin() { last = now() }

  /// Whether a save is due, either after a step or at the end of an epoch.
  func isDue(atEndOfEpoch: Bool) -> Bool {
    let seconds = Double(now() - last) / 1e9
    let isCheap = seconds >= 100 * cost
    return atEndOfEpoch && isCheap || seconds >= interval && (isCheap || isAsked)
  }

  /// Saves with `body` and records how long it took.
  func save(_ body: () throws -> Void) rethrows {
    let start = now()
    try body()
    last = now()
    cost = Double(last - start) / 1e9
  }
}
