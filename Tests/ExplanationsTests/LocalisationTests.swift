import Datasets
import Experiments
import Operators
import Records
import Testing

@testable import Explanations

@Suite struct LocalisationTests {
  /// Cells of 10 pixels, with the centre of the first at (0.5, 0.5).
  private let grid = CellGrid(side: 11, pixels: 101)
  private let annotation = Annotation(
    box: .init(x: 20, y: 20, width: 40, height: 20), parts: [.init(25, 25), nil, .init(55, 35)])

  private func localisation(_ cells: [(row: Int, column: Int)]) -> Localisation {
    Localisation(cells.map { grid.place(row: $0.row, column: $0.column) }, annotation, grid)
  }

  @Test func measuresAreThoseOfAHandMadeCase() throws {
    let seen = localisation([(2, 2), (9, 9)])
    #expect(seen.insideBox == 0.5)
    // From (20.5, 20.5) to (25, 25) and (55, 35), in units of the side 40.
    #expect(abs(try #require(seen.distance(toPart: 0)) - 6.36396 / 40) < 1e-5)
    #expect(seen.distance(toPart: 1) == nil)
    #expect(abs(try #require(seen.meanPartDistance) - (6.36396 + 37.42325) / 80) < 1e-5)
    // The tolerance of 4 pixels is less than the distance, but the part lies in the peak's cell.
    #expect(seen.isLookedAt(part: 0, within: 0.1) == true && seen.isLookedAt(part: 1, within: 0.1) == nil)
    #expect(seen.partRecall(within: 0.1) == 0.5 && seen.peakPrecision(within: 0.1) == 0.5)
    #expect(seen.partRecall(within: 0.95) == 1)
    // Just outside the cell, only the tolerance counts: (30.5, 20.5) is 7.1 pixels away.
    #expect(
      localisation([(2, 3)]).partRecall(within: 0.1) == 0 && localisation([(2, 3)]).partRecall(within: 0.2) == 0.5)
  }

  @Test func thePointingGameAsksForTheStrongestPlace() {
    let tolerance = PointingTolerance.standard
    #expect(abs(tolerance.pixels(of: 448) - 30) < 1e-12)
    let first = localisation([(2, 2), (9, 9)])
    #expect(first.pointsAtBox(within: tolerance) == true && first.pointsAtPart(within: tolerance) == true)
    let second = localisation([(9, 9), (2, 2)])
    #expect(second.pointsAtBox(within: tolerance) == false && second.pointsAtPart(within: tolerance) == false)
    // (60.5, 10.5) is 9.5 pixels from the box, (50.5, 40.5) half a pixel.
    #expect(localisation([(1, 6)]).pointsAtBox(within: tolerance) == false)
    #expect(localisation([(4, 5)]).pointsAtBox(within: tolerance) == true)
    #expect(localisation([]).pointsAtBox(within: tolerance) == false)
  }

  @Test func whatIsNotDefinedIsNoNumber() {
    let none = localisation([])
    #expect(none.insideBox == nil && none.meanPartDistance == nil && none.peakPrecision(within: 0.1) == nil)
    #expect(none.partRecall(within: 0.1) == 0 && none.isLookedAt(part: 0, within: 0.1) == false)
    let boxless = Localisation([grid.centre], Annotation(box: nil, parts: [.init(50, 50)]), grid)
    #expect(boxless.insideBox == nil && boxless.partRecall(within: 0.1) == nil)
    #expect(boxless.pointsAtBox(within: .standard) == nil && boxless.pointsAtPart(within: .standard) == true)
    let hidden = Localisation([grid.centre], Annotation(box: annotation.box, parts: [nil]), grid)
    #expect(hidden.partRecall(within: 0.1) == nil && hidden.pointsAtPart(within: .standard) == nil)
  }

  // MARK: Nulls

  private func looks(_ images: [(label: Int, box: Annotation.Box?, peaks: [Peak])]) -> Looks {
    Looks(
      grid: grid, partNames: ["a"],
      images: images.enumerated().map { index, image in
        LookedAt(
          sample: Sample(id: "\(index)", label: image.label, number: index + 1),
          annotation: Annotation(box: image.box, parts: [.init(50.5, 50.5)]), peaks: [.all: image.peaks])
      })
  }

  @Test func nullsAreAsManyPlacesAndTheSameEachTime() throws {
    let box = Annotation.Box(x: 0.5, y: 0.5, width: 40, height: 40)
    let shifted = Annotation.Box(x: 40.5, y: 20.5, width: 40, height: 80)
    let looks = looks([
      (0, box, [Peak(row: 1, column: 2, strength: 0.5), Peak(row: 4, column: 4, strength: 1)]),
      (0, shifted, [Peak(row: 2, column: 8, strength: 1)]), (1, shifted, [Peak(row: 0, column: 0, strength: 1)]),
    ])
    let (first, second, alone) = (looks.images[0], looks.images[1], looks.images[2])
    #expect(first.places(.all, on: grid) == [grid.place(row: 4, column: 4), grid.place(row: 1, column: 2)])
    for null in NullPlaces.allCases where null != .classMates {
      let places = try #require(null.places(for: first, .all, among: looks, draw: 3))
      #expect(places.count == 2 && places == null.places(for: first, .all, among: looks, draw: 3))
    }
    let random = (0..<20).compactMap { NullPlaces.random.places(for: first, .all, among: looks, draw: $0) }
    #expect(Set(random.flatMap { $0 }).count > 20 && random.allSatisfy { $0[0] != $0[1] })
    // The mate's one peak lies at (80.5, 20.5), the top right corner of its box; the class has no other image.
    #expect(NullPlaces.classMates.places(for: first, .all, among: looks, draw: 0) == nil)
    // In the other direction, the strongest peak comes first: (40.5, 40.5), the bottom right corner.
    let mapped = NullPlaces.classMates.places(for: second, .all, among: looks, draw: 0)
    #expect(mapped == [.init(80.5, 100.5)])
    #expect(NullPlaces.classMates.places(for: alone, .all, among: looks, draw: 0) == nil)
  }

  private func table(_ looks: Looks, seed: UInt64 = 0) -> LocalisationTable {
    let model = TableModel(
      Experiments.Cell(.s3n, seed: seed), .quick, dataset: "d", images: looks.images.map(\.sample.id))
    return LocalisationTable(looks, of: model, run: "s3n-seed\(seed)")
  }

  @Test func seedsAreToldOfTogetherInTheImagesThatAllHaveAValueFor() throws {
    let box = Annotation.Box(x: 40.5, y: 40.5, width: 20, height: 20)
    let (inside, outside) = (Peak(row: 5, column: 5, strength: 1), Peak(row: 0, column: 0, strength: 1))
    let seeds = [
      table(looks([(0, box, [inside]), (0, box, [inside, outside]), (0, box, [outside]), (0, box, [])])),
      table(looks([(0, box, [inside]), (0, box, [outside]), (0, box, []), (0, box, [inside])]), seed: 1),
    ]
    let rows = LocalisationTable.rows(overSeeds: seeds)
    #expect(rows.count == seeds[0].rows.count && rows.allSatisfy { $0.run == "s3n" && $0.seed == nil })
    let own = try #require(rows.first { $0.metric == "inside_box" && $0.places == "model" })
    // Both seeds have peaks only in the first two images: 100 and 50 %, 100 and 0 %.
    #expect(own.images == 2 && own.value == 62.5 && own.advantage == nil)
    let centre = try #require(rows.first { $0.metric == "inside_box" && $0.places == "centre" })
    #expect(centre.images == 2 && centre.value == 100 && centre.advantage == -37.5)
    #expect(try #require(own.low95) < 62.5 && #require(own.high95) > 62.5)
    #expect(LocalisationTable.rows(overSeeds: [seeds[0]]).isEmpty)
  }

  @Test func theTableHoldsMeansAndPairedAdvantages() throws {
    let box = Annotation.Box(x: 40.5, y: 40.5, width: 20, height: 20)
    let inside = Peak(row: 5, column: 5, strength: 1)
    let outside = Peak(row: 0, column: 0, strength: 1)
    let table = table(looks([(0, box, [inside]), (0, box, [inside]), (0, box, [inside, outside]), (0, box, [])]))
    func row(_ metric: String, _ places: String) throws -> LocalisationRow {
      try #require(table.rows.first { $0.metric == metric && $0.places == places && $0.part == nil })
    }
    let own = try row("inside_box", "model")
    #expect(own.images == 3 && own.advantage == nil)
    #expect(abs(try #require(own.value) - 250 / 3) < 1e-4)
    let centre = try row("inside_box", "centre")
    #expect(centre.value == 100 && centre.images == 3)
    #expect(abs(try #require(centre.advantage) + 50 / 3) < 1e-4)
    #expect(try row("points_at_box", "model").value == 75)
    #expect(try row("part_recall", "model").value == 75)
    #expect(Set(table.rows.map(\.peaks)) == ["all"])
  }

  // MARK: A model

  @Test func theOracleLooksAtEveryPart() throws {
    let models = try TrainedModels([.oracle])
    let model = try models.model(.oracle)
    let looks = try Looks(of: model, on: models.dataset)
    #expect(looks.images.count == 9 && looks.partNames.count == 5 && looks.grid == CellGrid(side: 31, pixels: 64))
    for image in looks.images {
      // The centre of a cell is at most half its diagonal away.
      let places = image.places(.all, on: looks.grid)
      for part in image.annotation.parts.compactMap({ $0 }) {
        let nearest = try #require(places.map { length($0 - part) }.min())
        #expect(nearest <= looks.grid.cell / 2 * 2.squareRoot() + 1e-3)
      }
    }
    let rows = LocalisationTable(looks, of: model, dataset: "birdlets").rows
    let recalls = rows.filter { $0.metric == "part_recall" && $0.places == "model" && $0.value != nil }
    #expect(Set(recalls.map(\.peaks)) == ["all", "discriminative", "complementary"] && recalls.count > 30)
    #expect(recalls.allSatisfy { $0.value == 100 && $0.run == "oracle-seed0" })
    #expect(rows.contains { $0.metric == "part_recall" && $0.places == "random" && ($0.value ?? 100) < 50 })
  }

  @Test func whoLooksNowhereIsRefused() throws {
    let models = try TrainedModels([.baseline, .identity])
    for variant in [Variant.baseline, .identity] {
      let model = try models.model(variant)
      #expect(throws: ExplanationError.noPeaks(path: model.path, variant: variant.name)) {
        try Looks(of: model, on: models.dataset)
      }
    }
  }
}
