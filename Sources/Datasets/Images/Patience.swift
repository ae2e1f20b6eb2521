import Glibc

/// How long to wait for a file, in seconds: pauses double until `longest` is over.
struct Patience: Sendable {
  var longest = 60.0
  var firstPause = 0.1
  var longestPause = 10.0
  var clock: @Sendable () -> Double = {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  var sleep: @Sendable (_ seconds: Double) -> Void = { usleep(UInt32($0 * 1e6)) }

  /// A wait in progress.
  struct Wait {
    private let patience: Patience
    private let start: Double
    private var next: Double

    /// A wait that started at `start`, by default now.
    init(_ patience: Patience, since start: Double? = nil) {
      self.patience = patience
      self.start = start ?? patience.clock()
      next = patience.firstPause
    }

    var seconds: Double { patience.clock() - start }

    /// Sleeps for the next pause; returns false if the time is over or `shouldStop` returns true.
    mutating func pause(unless shouldStop: () -> Bool) -> Bool {
      let end = min(patience.clock() + next, start + patience.longest)
      next = min(2 * next, patience.longestPause)
      guard patience.clock() < start + patience.longest else { return false }
      while patience.clock() < end {
        if shouldStop() { return false }
        patience.sleep(min(0.05, max(0.001, end - patience.clock())))
      }
      return !shouldStop()
    }
  }
}
