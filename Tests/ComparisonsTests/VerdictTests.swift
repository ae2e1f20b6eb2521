import Records
import Testing

@testable import Comparisons

@Suite struct VerdictTests {
  private let folder: OutputFolder

  init() throws { folder = try OutputFolder() }

  /// The single comparison of a folder with two variants.
  private func comparison() throws -> ComparisonRow {
    try folder.write()
    let rows = try Comparisons(of: folder.url).rows
    try #require(rows.count == 1)
    return rows[0]
  }

  @Test func oneSeedSpeaksForItsWeightsOnly() throws {
    folder.add("baseline", seeds: 0..<1, right: 50)
    folder.add("s3n", seeds: 0..<1, right: 70)
    let row = try comparison()
    #expect(row.verdict == .betterTheseWeights)
    #expect(row.verdict.rawValue == "better, these weights only")
    #expect(row.difference == 20 && row.accuracy == 70 && row.otherAccuracy == 50)
    #expect(row.onlyVariantRight == 20 && row.onlyOtherRight == 0)
    #expect(row.images.pValue == 2 / Double(1 << 20))
    #expect(row.seeds == Evidence() && row.probabilityBetter == nil && row.interquartileMean == nil)
    #expect(row.seedsNeeded == 6)
  }

  @Test func oneWorseSeedLikewise() throws {
    folder.add("baseline", seeds: 0..<1, right: 70)
    folder.add("s3n", seeds: 0..<1, right: 50)
    let row = try comparison()
    #expect(row.verdict == .worseTheseWeights && row.verdict.rawValue == "worse, these weights only")
    #expect(row.difference == -20)
    #expect(try #require(row.images.high95) < 0)
  }

  @Test func aSmallDifferenceIsNotShownAndSaysWhatWouldHaveBeen() throws {
    folder.add("baseline", seed: 0, right: Set(0..<60))
    folder.add("s3n", seed: 0, right: Set(4..<69))
    let row = try comparison()
    #expect(row.verdict == .notShown && row.verdict.rawValue == "no difference shown")
    #expect(row.difference == 5)
    // Nine against four. Of thirteen, eleven against two would have been significant (p = 0.022).
    #expect(row.onlyVariantRight == 9 && row.onlyOtherRight == 4)
    #expect(row.images.smallestPoints == 9)
    #expect(row.smallestPoints == 9)
  }

  @Test func sixSeedsThatAgreeShowADifference() throws {
    folder.add("baseline", seeds: 0..<6, right: 50, more: 3)
    folder.add("s3n", seeds: 0..<6, right: 75, more: 2)
    let row = try comparison()
    #expect(row.verdict == .better)
    #expect(row.difference == 24)
    #expect(row.seeds.pValue == 0.03125 && row.seeds.adjustedPValue == 0.03125)
    #expect(row.probabilityBetter == 1)
    #expect(row.interquartileMean == 24)
    #expect(row.seedCount == 6 && row.seedsLeftOut == 0)
  }

  @Test func sixWorseSeedsLikewise() throws {
    folder.add("baseline", seeds: 0..<6, right: 75, more: 2)
    folder.add("s3n", seeds: 0..<6, right: 50, more: 3)
    let row = try comparison()
    #expect(row.verdict == .worse)
    #expect(row.probabilityBetter == 0)
  }

  @Test(arguments: [2, 3, 4, 5] as [UInt64])
  func fewerThanSixSeedsNeverSpeakOfTraining(count: UInt64) throws {
    folder.add("baseline", seeds: 0..<count, right: 20)
    folder.add("s3n", seeds: 0..<count, right: 95)
    let row = try comparison()
    #expect(row.verdict == .betterTheseWeights)
    #expect(row.seeds.smallestPoints == nil)
    #expect((row.interquartileMean == nil) == (count < 4))
  }

  @Test func seedsThatDisagreeLeaveItToTheWeights() throws {
    folder.add("baseline", seeds: 0..<6, right: 50)
    folder.add("s3n", seeds: 0..<5, right: 75)
    folder.add("s3n", seeds: 5..<6, right: 45)
    let row = try comparison()
    #expect(row.verdict == .betterTheseWeights)
    #expect(row.seeds.pValue == 0.0625)
    #expect(row.probabilityBetter.map { abs($0 - 5.0 / 6) < 1e-6 } == true)
  }

  @Test func seedsThatAgreeOnFewImagesShowNothing() throws {
    // Every seed is slightly ahead, each on other images, so the choice of images may explain it.
    for seed in 0..<6 as Range<UInt64> {
      let place = 10 * Int(seed)
      folder.add("baseline", seed: seed, right: Set(place..<place + 4))
      folder.add("s3n", seed: seed, right: Set(place + 4..<place + 9))
    }
    let row = try comparison()
    #expect(row.seeds.pValue == 0.03125)
    #expect(try #require(row.seeds.low95) < 0)
    #expect(row.verdict == .notShown)
    #expect(try #require(row.seeds.smallestPoints) > 1)
  }

  @Test func moreComparisonsAskForMoreSeeds() throws {
    folder.add("baseline", seeds: 0..<6, right: 50)
    folder.add("s3n", seeds: 0..<6, right: 75)
    folder.add("identity", seeds: 0..<6, right: 50, more: 1)
    try folder.write()
    let rows = try Comparisons(of: folder.url).rows
    #expect(rows.map(\.cell.variant) == ["s3n", "identity", "identity"])
    #expect(rows.map(\.other.variant) == ["baseline", "baseline", "s3n"])
    #expect(rows.map(\.family) == [.reference, .reference, .others])
    #expect(rows[0].seeds.pValue == 0.03125 && rows[0].seeds.adjustedPValue == 0.0625)
    #expect(rows[0].verdict == .betterTheseWeights && rows[0].seedsNeeded == 7)
    // The third is alone in its family.
    #expect(rows[2].seeds.adjustedPValue == 0.03125 && rows[2].verdict == .worse)
  }

  @Test func equalVariantsHaveNoDifference() throws {
    folder.add("baseline", seeds: 0..<6, right: 50)
    folder.add("s3n", seeds: 0..<6, right: 50)
    let row = try comparison()
    #expect(row.verdict == .notShown)
    #expect(row.difference == 0 && row.images.pValue == 1 && row.seeds.pValue == 1)
    #expect(row.images.low95 == 0 && row.images.high95 == 0 && row.probabilityBetter == 0.5)
    // No image differed, so images could have shown nothing; seeds could have, with one image per seed.
    #expect(row.images.smallestPoints == nil)
  }

  @Test func variantsWithoutACommonSeedAreNotCompared() throws {
    folder.add("baseline", seeds: 0..<2, right: 50)
    folder.add("s3n", seeds: 2..<4, right: 90)
    let row = try comparison()
    #expect(row.seedCount == 0 && row.seedsLeftOut == 4 && row.difference == nil && row.verdict == .notShown)
  }
}
