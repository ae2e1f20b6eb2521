import Testing

@testable import Records

@Suite struct AccuracyTests {
  private func row(_ label: String, _ predicted: String, rank: Int) -> PredictionRow {
    PredictionRow(
      runID: "a", image: "", head: "joint", label: label, predicted: predicted, probability: 0.5,
      labelProbability: 0.1, labelRank: rank)
  }

  @Test func classesCountAlikeInTheMeanOverThemHoweverManyImagesTheyHave() throws {
    let rows = [
      row("wren", "wren", rank: 1), row("wren", "wren", rank: 1), row("wren", "crow", rank: 6),
      row("crow", "wren", rank: 2),
    ]
    let accuracy = try #require(Accuracy(of: rows))
    #expect(accuracy.images == 4 && accuracy.top1 == 50 && accuracy.top5 == 75)
    // Two of three wrens and none of one crow.
    let third: Double = 100.0 / 3
    #expect(abs(accuracy.meanClass - third) < 1e-12)
    #expect(Accuracy(of: rows.reversed()) == accuracy)
    #expect(Accuracy(of: []) == nil)
  }

  @Test func topFiveOfFiveClassesSaysNothing() throws {
    #expect(Accuracy.metrics(classes: 5) == [Metric.top1, Metric.meanClassAccuracy])
    #expect(Accuracy.metrics(classes: 6) == [Metric.top1, Metric.top5, Metric.meanClassAccuracy])
  }
}
