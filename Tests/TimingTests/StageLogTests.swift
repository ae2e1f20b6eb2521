import Dispatch
import Testing

@testable import Timing

@Suite struct StageLogTests {
  @Test func workOfManyThreadsIsSummedByStepAndStage() {
    let log = StageLog(now: { 0 })
    DispatchQueue.concurrentPerform(iterations: 400) { index in
      log.add(index % 2 == 0 ? .decode : .augment, step: index % 4 / 2, nanoseconds: index % 2 == 0 ? 3 : 5)
    }
    let expected = [(0, Stage.decode, 300), (0, .augment, 500), (1, .decode, 300), (1, .augment, 500)].map {
      StageSample(phase: .load, step: $0.0, stage: $0.1, durationNanoseconds: $0.2)
    }
    #expect(log.takeSamples() == expected)
    #expect(log.takeSamples().isEmpty)
  }

  @Test func workThatThrowsIsTimedToo() {
    struct Failure: Error {}
    let log = StageLog()
    #expect(throws: Failure.self) { try log.measure(.decode, step: 3) { throw Failure() } }
    #expect(log.takeSamples().map(\.step) == [3])
  }
}
