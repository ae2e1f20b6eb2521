/// Times the stages of steps on one thread, so that the stages of a step add up exactly to its `step`.
///
/// Each moment of a step belongs to exactly one stage: the innermost open one, or `other` where none is open. A nested
/// stage pauses the outer one. An absent clock (`nil`) measures nothing and costs nothing.
public final class StageClock {
  @usableFromInline let now: () -> Int
  private var samples: [StageSample] = []
  private var stepsDone = [Int](repeating: 0, count: Phase.allCases.count)

  // The open step: time by stage, the stages entered, the innermost open one and since when it runs.
  private var durations = [Int](repeating: 0, count: Stage.allCases.count)
  private var entered: UInt32 = 0
  private var current: Stage?
  private var since = 0

  /// A clock that reads `now`, in nanoseconds that never go back; the system's monotonic clock if none is given.
  public init(now: @escaping () -> Int = monotonicNanoseconds) { self.now = now }

  /// Runs `body` as one step of `phase`; steps are numbered from 0 in each phase. One that throws leaves no samples.
  public func step<R, E>(phase: Phase, _ body: () throws(E) -> R) throws(E) -> R {
    precondition(current == nil, "a step was begun inside another")
    for index in durations.indices { durations[index] = 0 }
    entered = 0
    since = now()
    current = .other
    entered |= Stage.other.bit
    defer { current = nil }
    let result = try body()
    _ = change(to: .other)
    finishStep(of: phase)
    return result
  }

  /// Runs `body` as part of `stage`; outside a step nothing is recorded.
  @inlinable public func measure<R, E>(_ stage: Stage, _ body: () throws(E) -> R) throws(E) -> R {
    guard let outer = change(to: stage) else { return try body() }
    defer { _ = change(to: outer) }
    return try body()
  }

  /// Hands over all samples since the last call: by step, in the order of `Stage`, the whole step last.
  public func takeSamples() -> [StageSample] {
    defer { samples.removeAll(keepingCapacity: true) }
    return samples
  }

  /// Books the time since the last change on the open stage and opens another; gives the one left, nil outside a step.
  @usableFromInline func change(to stage: Stage) -> Stage? {
    guard let left = current else { return nil }
    let moment = now()
    durations[left.index] += moment - since
    since = moment
    entered |= stage.bit
    current = stage
    return left
  }

  private func finishStep(of phase: Phase) {
    let number = stepsDone[phase.index]
    stepsDone[phase.index] += 1
    durations[Stage.step.index] = durations.reduce(0, +)
    entered |= Stage.step.bit
    for stage in Stage.allCases where entered & stage.bit != 0 {
      samples.append(
        StageSample(phase: phase, step: number, stage: stage, durationNanoseconds: durations[stage.index]))
    }
  }
}

extension Optional where Wrapped == StageClock {
  /// Runs `body` as part of `stage` where there is a clock, and just runs it where there is none.
  @inlinable public func measure<R, E>(_ stage: Stage, _ body: () throws(E) -> R) throws(E) -> R {
    guard let clock = self else { return try body() }
    return try clock.measure(stage, body)
  }

  /// Runs `body` as one step of `phase` where there is a clock, and just runs it where there is none.
  public func step<R, E>(phase: Phase, _ body: () throws(E) -> R) throws(E) -> R {
    guard let clock = self else { return try body() }
    return try clock.step(phase: phase, body)
  }
}
