import Experiments
import Testing

@testable import Planning

@Suite struct RankStepTests {
  private let mebibytes = 1 << 20
  /// Two buckets: one that is final halfway through, one at the end.
  private var work: RankStep.Work {
    .init(
      passSeconds: 10, fixedSeconds: 1,
      gradients: [
        GradientPart(bytes: 20 * mebibytes, finalAt: 0.4), GradientPart(bytes: 20 * mebibytes, finalAt: 0.5),
        GradientPart(bytes: 10 * mebibytes, finalAt: 1),
      ])
  }
  /// A link with `speed` mebibytes per second.
  private func link(latency: Double = 0, speed: Double = 1) -> RankStep.Link {
    .init(bytesPerSecond: speed * Double(mebibytes), latencySeconds: latency)
  }

  @Test func oneRankExchangesNothing() {
    let step = RankStep(of: work, groups: 3, ranks: 1, over: link())
    #expect(step.computeSeconds == 31 && step.waitSeconds == 0 && step.exchangeSeconds == 0 && step.efficiency == 1)
  }

  @Test func whatBackwardDoesNotCoverIsWaitedFor() {
    // Half of each bucket is sent twice: 40 s starting at 5 s, then 10 s.
    let step = RankStep(of: work, groups: 2, ranks: 2, over: link())
    #expect(step.exchangeSeconds == 50 && step.computeSeconds == 11 && step.waitSeconds == 45)
    #expect(step.seconds == 56 && step.efficiency == 21 / (2 * 56.0))
  }

  @Test func aFastLinkIsCoveredButForTheLastBucket() {
    let step = RankStep(of: work, groups: 2, ranks: 2, over: link(speed: 100))
    #expect(abs(step.waitSeconds - 0.1) < 1e-9 && abs(step.exchangeSeconds - 0.5) < 1e-9)
  }

  @Test func eachMessageCostsItsLatency() {
    let quick = RankStep(of: work, groups: 4, ranks: 4, over: link(speed: 100))
    let slow = RankStep(of: work, groups: 4, ranks: 4, over: link(latency: 0.01, speed: 100))
    // Two buckets, there and back, three other ranks.
    #expect(abs(slow.exchangeSeconds - quick.exchangeSeconds - 2 * 2 * 3 * 0.01) < 1e-9)
  }

  @Test func moreRoundsSendMoreAndGatherOnce() {
    let step = RankStep(of: work, groups: 4, ranks: 2, over: link(speed: 100))
    #expect(step.computeSeconds == 21 && abs(step.exchangeSeconds - 0.75) < 1e-9)
  }

  @Test func bucketsTakeWholePartsInTheirOrder() {
    #expect(GradientPart.buckets(of: [3, 3, 9, 1, 2], bytes: 5) == [0..<2, 2..<3, 3..<5])
    #expect(GradientPart.buckets(of: [], bytes: 5) == [])
  }

  @Test func ethernetCarriesHeadersToo() {
    let link = RankStep.Link(gigabits: 10)
    #expect(link.bytesPerSecond > 1.17e9 && link.bytesPerSecond < 1.18e9)
  }
}
