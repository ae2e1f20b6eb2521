/// Times the stages of steps on one thread, so that the stages of a step add up exactly to its `step`.
///
/// Each moment of a step belongs to exactly one stage: the innermost open one, or `other` if none is open. A nested
/// stage pauses the outer one. A `nil` clock measures nothing and costs nothing.
public final class StageClock {
  @usableFromInline let now: () -> Int
  /// All samples not taken yet.
  public private(set) var samples: [StageSample] = []
  private var stepsDone = [Int](repeating: 0, count: Phase.allCases.count)

  // The open step: the time of each entered stage by index, the innermost open stage, and the time it last resumed.
  private var durations = [Int?](repeating: nil, count: Stage.allCases.count)
  private var current: Int?
  private var since = 0

  /// A clock that reads `now`, in monotonic nanoseconds; by default the system's monotonic clock.
  public init(now: @escaping () -> Int = monotonicNanoseconds) { self.now = now }

  /// Resumes from another clock's state: the number of steps done, and the samples not taken yet.
  public func goOn(after steps: [Phase: Int], with samples: [StageSample]) {
    for (phase, count) in steps { stepsDone[phase.index] = count }
    self.samples = samples
  }

  /// Runs `body` as one step of `phase`; steps are numbered from 0 in each phase. A step that throws leaves no samples.
  public func step<R, E>(phase: Phase, _ body: () throws(E) -> R) throws(E) -> R {
    precondition(current == nil, "a step was begun inside another")
    for index in durations.indices { durations[index] = nil }
    durations[Stage.other.index] = 0
    current = Stage.other.index
    defer { current = nil }
    since = now()
    let result = try body()
    _ = change(to: Stage.other.index)
    finishStep(of: phase)
    return result
  }

  /// Runs `body` as part of `stage`; records nothing outside a step.
  @inlinable public func measure<R, E>(_ stage: Stage, _ body: () throws(E) -> R) throws(E) -> R {
    guard let outer = change(to: stage.index) else { return try body() }
    defer { _ = change(to: outer) }
    return try body()
  }

  /// Returns and removes all samples since the last call: by step, in the order of `Stage`, the whole step last.
  public func takeSamples() -> [StageSample] {
    defer { samples.removeAll(keepingCapacity: true) }
    return samples
  }

  /// Adds the time since the last change to the open stage and opens the stage at `index`; returns the index of the
  /// stage left, nil outside a step.
  @usableFromInline func change(to index: Int) -> Int? {
    guard let left = current else { return nil }
    precondition(index < durations.count - 1, "the whole step is no part of itself")
    let moment = now()
    durations[left] = (durations[left] ?? 0) + moment - since
    since = moment
    durations[index] = durations[index] ?? 0
    current = index
    return left
  }

  private func finishStep(of phase: Phase) {
    let number = stepsDone[phase.index]
    stepsDone[phase.index] += 1
    durations[Stage.step.index] = durations.reduce(0) { $0 + ($1 ?? 0) }
    for (stage, duration) in zip(Stage.allCases, durations) {
      guard let duration else { continue }
      samples.append(StageSample(phase: phase, step: number, stage: stage, durationNanoseconds: duration))
    }
  }
}

extension Optional where Wrapped == StageClock {
  /// Runs `body` as part of `stage` if there is a clock; otherwise just runs it.
  @inlinable public func measure<R, E>(_ stage: Stage, _ body: () throws(E) -> R) throws(E) -> R {
    guard let clock = self else { return try body() }
    return try clock.measure(stage, body)
  }

  /// Runs `body` as one step of `phase` if there is a clock; otherwise just runs it.
  public func step<R, E>(phase: Phase, _ body: () throws(E) -> R) throws(E) -> R {
    guard let clock = self else { return try body() }
    return try clock.step(phase: phase, body)
  }
}
