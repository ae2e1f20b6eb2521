import Synchronization

/// Collects the times of work that overlaps the steps, such as decoding, from any number of threads.
///
/// Its samples have the phase `load`. Work on the same step and stage is summed over the threads, so that the records
/// of two runs differ only in the times.
public final class StageLog: Sendable {
  private struct Key: Hashable {
    let step: Int
    let stage: Stage
  }
  private let durations = Mutex<[Key: Int]>([:])
  @usableFromInline let now: @Sendable () -> Int

  /// A log that reads `now`, in monotonic nanoseconds; by default the system's monotonic clock.
  public init(now: @escaping @Sendable () -> Int = monotonicNanoseconds) { self.now = now }

  /// Runs `body` and adds its time to `stage` of `step`, the number of the batch that the work is for.
  @inlinable public func measure<R, E>(_ stage: Stage, step: Int, _ body: () throws(E) -> R) throws(E) -> R {
    let start = now()
    defer { add(stage, step: step, nanoseconds: now() - start) }
    return try body()
  }

  /// Adds a time measured elsewhere.
  public func add(_ stage: Stage, step: Int, nanoseconds: Int) {
    durations.withLock { $0[Key(step: step, stage: stage), default: 0] += nanoseconds }
  }

  /// Returns and removes all samples since the last call, by step and in the order of `Stage`.
  public func takeSamples() -> [StageSample] {
    Self.samples(
      durations.withLock { durations in
        defer { durations = [:] }
        return durations
      })
  }

  /// All samples not taken yet, in the same order.
  public var samples: [StageSample] { Self.samples(durations.withLock { $0 }) }

  private static func samples(_ durations: [Key: Int]) -> [StageSample] {
    durations.sorted { ($0.key.step, $0.key.stage.index) < ($1.key.step, $1.key.stage.index) }.map {
      StageSample(phase: .load, step: $0.key.step, stage: $0.key.stage, durationNanoseconds: $0.value)
    }
  }
}
