import Experiments
import Models
import Operators
import Records
import Statistics
import Testing

@testable import Explanations

@Suite struct InterventionTests {
  private func peaks(_ strengths: Float...) -> [Peak] {
    strengths.enumerated().map { Peak(row: $0, column: 2 * $0, strength: $1) }
  }

  @Test func noImageKeepsItsPeaksWhenTheyAreShuffled() {
    let found = (0..<7).map { peaks(Float($0)) }
    let shuffled = Intervention.shuffled(found)
    #expect(shuffled != found && zip(shuffled, found).allSatisfy { $0 != $1 })
    #expect(Set(shuffled.map { $0[0].strength }) == Set(found.map { $0[0].strength }))
    #expect(Intervention.shuffled(found) == shuffled)
    #expect(Intervention.shuffled([peaks(1)]) == [peaks(1)] && Intervention.shuffled([]) == [])
  }

  @Test func theGridIsEven() {
    let grid = Intervention.grid(3, side: 31)
    #expect(grid.map(\.row) == [5, 5, 5, 15, 15, 15, 25, 25, 25])
    #expect(grid.map(\.column) == [5, 15, 25, 5, 15, 25, 5, 15, 25] && grid.allSatisfy { $0.strength == 1 })
  }

  @Test func theStrongestStayInTheirOrder() {
    let found = peaks(0.2, 1, 0.5, 1)
    #expect(Intervention.strongest(1, of: found) == [found[1]])
    #expect(Intervention.strongest(3, of: found) == [found[1], found[2], found[3]])
    #expect(Intervention.strongest(9, of: found) == found)
  }

  /// Returns a table of the joint head's answers.
  private func table(
    _ answers: [(intervention: String, isRight: [Bool])], seed: UInt64 = 0, _ recipe: Recipe = .quick,
    images: String = "abcd"
  ) -> InterventionTable {
    let model = TableModel(
      Experiments.Cell(.s3n, radius: 0.05, seed: seed), recipe, dataset: "d", images: images.map(String.init))
    return InterventionTable([("joint", answers)], of: model, run: "s3n-radius0.05-seed\(seed)")
  }

  @Test func seedsAreToldOfTogether() throws {
    let tables = [
      table([("none", [true, true, true, false]), ("random", [false, true, false, false])]),
      table([("none", [true, true, true, true]), ("random", [false, true, true, true])], seed: 1),
      table([("none", [true, false, true, false]), ("random", [false, false, true, true])], seed: 2),
    ]
    let rows = InterventionTable.rows(overSeeds: tables)
    #expect(rows.map(\.intervention) == ["none", "random"])
    #expect(rows.allSatisfy { $0.run == "s3n-radius0.05" && $0.seed == nil && $0.variant == "s3n" && $0.images == 4 })
    #expect(rows[0].top1 == 75 && rows[0].change == nil)
    let random = rows[1]
    #expect(random.top1 == 50 && random.change == -25 && (random.onlyBeforeRight, random.onlyAfterRight) == (4, 1))
    // The seeds' changes are -2, -1 and 0: of the four sign patterns, one has a sum as low and one as high.
    #expect(random.pValue == 0.5 && random.adjustedPValue == 0.5)
    let interval = try #require(
      hierarchicalInterval(ofMean: [[-1, 0, -1, 0], [-1, 0, 0, 0], [-1, 0, 0, 1]], seed: 2019))
    #expect(random.low95 == 100 * interval.lowerBound && random.high95 == 100 * interval.upperBound)
  }

  @Test func onlySeedsOnTheSameImagesAreToldOfTogether() {
    let answers: [(intervention: String, isRight: [Bool])] = [("none", [true, true, true, false])]
    let first = table(answers)
    #expect(InterventionTable.rows(overSeeds: [first]).isEmpty)
    #expect(InterventionTable.rows(overSeeds: [first, first]).isEmpty, "one seed twice")
    #expect(InterventionTable.rows(overSeeds: [first, table(answers, seed: 1, images: "abce")]).isEmpty)
    #expect(InterventionTable.rows(overSeeds: [first, table(answers, seed: 1, .reduced)]).isEmpty)
    #expect(InterventionTable.rows(overSeeds: [first, table(answers, seed: 1)]).count == 1)
  }

  @Test func changesArePairedByImage() throws {
    let rows = table([
      ("none", [true, true, false, false]), ("centre", [true, false, true, false]),
      ("random", [false, false, false, false]),
    ]).rows
    #expect(rows.map(\.top1) == [50, 50, 0] && rows.map(\.images) == [4, 4, 4])
    #expect(rows[0].change == nil && rows[0].pValue == nil)
    #expect(rows[1].change == 0 && rows[1].onlyBeforeRight == 1 && rows[1].onlyAfterRight == 1 && rows[1].pValue == 1)
    #expect(rows[2].change == -50 && rows[2].onlyBeforeRight == 2 && rows[2].onlyAfterRight == 0)
    // Two equal coin flips: 2 x 1/4; the smaller of two p-values is doubled.
    #expect(abs(try #require(rows[2].pValue) - 0.5) < 1e-12)
    #expect(abs(try #require(rows[2].adjustedPValue) - 1) < 1e-12)
    let (low, high) = try (#require(rows[2].low95), #require(rows[2].high95))
    #expect(low >= -100 && low < -50 && high > -50 && high <= 0)
  }

  @Test func radiiComeBackToTheBit() {
    let sampler = SelectiveSampler(S3NConfiguration(backbone: .resnet18, classes: 2))
    sampler.radius.value[0] = 0.0901
    let before = (sampler.radius.value.elements, sampler.radiusInverse.value.elements)
    sampler.withRadii(times: 0.3) {
      #expect(sampler.radius.value[0] == 0.0901 * 0.3 && sampler.radiusInverse.value[0] == before.1[0] * 0.3)
    }
    #expect(sampler.radius.value.elements == before.0 && sampler.radiusInverse.value.elements == before.1)
  }

  @Test func aTrainedModelIsTestedUnderEach() throws {
    let models = try TrainedModels([.s3n])
    let model = try models.model(.s3n)
    let run = try InterventionRun(Intervention.all, on: model, dataset: models.dataset)
    #expect(run.evaluations.map(\.intervention) == Intervention.all)
    func answers(_ intervention: Intervention, _ head: Models.Head) throws -> [Float] {
      try #require(run.evaluations.first { $0.intervention == intervention }).evaluation.predictions
        .filter { $0.head == head }.map(\.labelProbability)
    }
    let untouched = try model.evaluate(on: models.dataset)
    #expect(try answers(.none, .joint) == untouched.predictions.filter { $0.head == .joint }.map(\.labelProbability))
    for intervention in Intervention.all {
      // The raw head sees the original image; the others see something else.
      #expect(try answers(intervention, .raw) == answers(.none, .raw))
    }
    for intervention in Intervention.all.dropFirst()
    where intervention != .strongest(3) && intervention != .strongest(2) {
      #expect(try answers(intervention, .joint) != answers(.none, .joint), "\(intervention.name) changes nothing")
    }
    // The model's own attention is as it was.
    #expect(
      try model.evaluate(on: models.dataset).predictions.map(\.probability) == untouched.predictions.map(\.probability))
    let rows = InterventionTable(run, of: model, dataset: "birdlets").rows
    #expect(rows.count == 4 * Intervention.all.count)
    #expect(rows.filter { $0.head == "raw" }.allSatisfy { ($0.change ?? 0) == 0 && ($0.pValue ?? 1) == 1 })
  }
}
