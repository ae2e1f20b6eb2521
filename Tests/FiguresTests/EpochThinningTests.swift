import Records
import Testing

@testable import Figures

@Suite struct EpochThinningTests {
  @Test(arguments: [(0, 1), (1, 1), (300, 1), (301, 2), (600, 2), (601, 3)])
  func noMoreThanSoManyAreDrawn(last: Int, step: Int) {
    let thinning = EpochThinning(last: last)
    #expect(thinning.step == step)
    #expect((0...last).dropFirst().count(where: thinning.keeps) <= EpochThinning.most + 1)
    #expect(thinning.keeps(last))
  }

  @Test func theEpochOfAChangeOfTheRateIsKept() {
    let run = accuracies("s3n", [50])[0]
    let rows = (1...400).map { epoch in
      EpochRow(
        runID: run.runID, epoch: epoch, metric: Metric.learningRate, unit: "", value: epoch <= 266 ? 0.1 : 0.01)
    }
    let rates = EpochValues(rows, runs: [run])[run.runID, nil, Metric.learningRate]
    #expect(rates.filter { $0.value == 0.1 }.map(\.epoch).max() == 266)
  }

  @Test(arguments: [Int.max, Int.min]) func anyNumberIsTaken(last: Int) {
    let thinning = EpochThinning(last: last)
    #expect(thinning.keeps(last) && thinning.keeps(1) && !thinning.caption.contains("-"))
    _ = thinning.keeps(.min)
  }
}
