import Testing

@testable import Timing

/// A clock that advances only on request.
private final class MockTime {
  var nanoseconds = 1_000
  func pass(_ duration: Int) { nanoseconds += duration }
}

@Suite struct StageClockTests {
  private let time = MockTime()
  private let clock: StageClock

  init() {
    let time = self.time
    clock = StageClock { time.nanoseconds }
  }

  private func durations(_ samples: [StageSample]) -> [Stage: Int] {
    Dictionary(uniqueKeysWithValues: samples.map { ($0.stage, $0.durationNanoseconds) })
  }

  @Test func aNestedStagePausesTheOuterOne() {
    clock.step(phase: .train) {
      time.pass(1)
      clock.measure(.heads) {
        time.pass(10)
        clock.measure(.grid) {
          time.pass(100)
          clock.measure(.heads) { time.pass(1_000) }
        }
        time.pass(20)
      }
      time.pass(2)
    }
    #expect(durations(clock.takeSamples()) == [.heads: 1_030, .grid: 100, .other: 3, .step: 1_133])
  }

  @Test func theStagesOfAStepAddUpToItExactly() {
    var random = SystemRandomNumberGenerator()
    func work(_ depth: Int) {
      for _ in 0..<3 {
        time.pass(.random(in: 0..<50, using: &random))
        guard depth > 0, let stage = Stage.allCases.dropLast(2).randomElement() else { continue }
        clock.measure(stage) { work(depth - 1) }
      }
    }
    for _ in 0..<20 {
      let start = time.nanoseconds
      clock.step(phase: .train) { work(4) }
      let durations = durations(clock.takeSamples())
      #expect(durations[.step] == time.nanoseconds - start)
      #expect(durations.filter { $0.key != .step }.values.reduce(0, +) == durations[.step])
    }
  }

  @Test func aStageEnteredAgainIsOneSample() {
    clock.step(phase: .train) {
      for _ in 0..<3 { clock.measure(.backboneOriginal) { time.pass(7) } }
    }
    let samples = clock.takeSamples()
    #expect(samples.map(\.stage) == [.backboneOriginal, .other, .step])
    #expect(samples.map(\.durationNanoseconds) == [21, 0, 21])
  }

  @Test func stepsAreNumberedInEachPhaseAndHandedOverOnce() {
    for _ in 0..<2 { clock.step(phase: .train) { time.pass(1) } }
    #expect(clock.takeSamples().filter { $0.stage == .step }.map(\.step) == [0, 1])
    clock.step(phase: .infer) { time.pass(1) }
    clock.step(phase: .train) { time.pass(1) }
    let steps = clock.takeSamples().filter { $0.stage == .step }
    #expect(steps.map(\.phase) == [.infer, .train])
    #expect(steps.map(\.step) == [0, 2])
    #expect(clock.takeSamples().isEmpty)
  }

  @Test func aStepThatThrowsLeavesNothingBehind() {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try clock.step(phase: .train) {
        try clock.measure(.loss) {
          time.pass(5)
          throw Failure()
        }
      }
    }
    #expect(clock.takeSamples().isEmpty)
    clock.step(phase: .train) { time.pass(1) }
    #expect(durations(clock.takeSamples()) == [.other: 1, .step: 1])
  }

  @Test func aStageThatThrowsGivesTheTimeBackToTheOuterOne() {
    struct Failure: Error {}
    clock.step(phase: .train) {
      clock.measure(.heads) {
        try? clock.measure(.loss) {
          time.pass(5)
          throw Failure()
        }
        time.pass(3)
      }
    }
    #expect(durations(clock.takeSamples()) == [.heads: 3, .loss: 5, .other: 0, .step: 8])
  }

  @Test func outsideAStepAndWithoutAClockTheWorkIsDoneAndNothingRecorded() {
    #expect(clock.measure(.grid) { 1 } == 1)
    #expect(clock.takeSamples().isEmpty)
    let none: StageClock? = nil
    #expect(none.step(phase: .train) { none.measure(.grid) { 2 } } == 2)
  }

  @Test func theSystemsClockGoesForward() {
    let clock = StageClock()
    clock.step(phase: .infer) { clock.measure(.sample) { _ = (0..<10_000).reduce(0, ^) } }
    let samples = clock.takeSamples()
    #expect(samples.allSatisfy { $0.durationNanoseconds >= 0 })
    #expect(durations(samples)[.step]! > 0)
  }
}
