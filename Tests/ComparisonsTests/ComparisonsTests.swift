import Foundation
import Records
import Testing

@testable import Comparisons

@Suite struct ComparisonsTests {
  private let folder: OutputFolder

  init() throws { folder = try OutputFolder() }

  private func addThreeVariants() {
    folder.add("baseline", seeds: 0..<3, right: 50, more: 4)
    folder.add("s3n", seeds: 0..<3, right: 55, more: 6)
    folder.add("identity", seeds: 0..<3, right: 48, more: 9)
  }

  @Test func theFileReadsBackAsItWasWritten() throws {
    addThreeVariants()
    try folder.write()
    let comparisons = try Comparisons(of: folder.url)
    try comparisons.write(to: folder.url)
    let rows: [ComparisonRow] = try CSVTable.read(from: RecordsFile.comparisons.url(in: folder.url))
    #expect(rows == comparisons.rows)
  }

  @Test func theOrderOfRowsChangesNothing() throws {
    addThreeVariants()
    try folder.write()
    let comparisons = try Comparisons(of: folder.url)
    try folder.write { $0.reverse() }
    #expect(try Comparisons(of: folder.url) == comparisons)
  }

  @Test func anotherVariantChangesNothingButCorrections() throws {
    folder.add("baseline", seeds: 0..<3, right: 50, more: 4)
    folder.add("s3n", seeds: 0..<3, right: 55, more: 6)
    try folder.write()
    let alone = try #require(try Comparisons(of: folder.url).rows.first)
    folder.add("identity", seeds: 0..<3, right: 48, more: 9)
    try folder.write()
    let among = try #require(try Comparisons(of: folder.url).rows.first)
    #expect(alone.images.low95 == among.images.low95 && alone.images.pValue == among.images.pValue)
    #expect(alone.seeds.low95 == among.seeds.low95 && alone.probabilityLow95 == among.probabilityLow95)
    #expect(alone.images.adjustedPValue != among.images.adjustedPValue)
  }

  @Test func imagesOfOneNameArePairedByTheirPlace() throws {
    for seed in 0..<1 as Range<UInt64> {
      folder.add("baseline", seed: seed, right: [0, 1], of: 4, name: { _ in "same.jpg" })
      folder.add("s3n", seed: seed, right: [1, 2, 3], of: 4, name: { _ in "same.jpg" })
    }
    try folder.write()
    let row = try #require(try Comparisons(of: folder.url).rows.first)
    #expect(row.onlyVariantRight == 2 && row.onlyOtherRight == 1)
  }

  @Test func theSameVariantsOfTwoFoldersArePaired() throws {
    let other = try OutputFolder()
    for (folder, more) in [(folder, 6), (other, 0)] {
      folder.add("baseline", seeds: 0..<8, right: 50)
      folder.add("s3n", seeds: 0..<8, right: 60, more: more)
      try folder.write()
    }
    let comparisons = try Comparisons(of: folder.url, with: other.url)
    #expect(comparisons.rows.map(\.cell.variant) == ["baseline", "s3n"])
    #expect(comparisons.rows.map(\.difference) == [0, 6])
    #expect(comparisons.rows.map(\.verdict) == [.notShown, .better])
    let table = comparisons.table(against: "other")
    #expect(table.contains("against other") && table.contains("baseline") && table.contains("+6.0"))
  }

  @Test func foldersWithoutCommonVariantsOrImagesAreRefused() throws {
    folder.add("baseline", seeds: 0..<1, right: 50)
    try folder.write()
    for (variant, images) in [("s3n", 100), ("baseline", 99)] {
      let other = try OutputFolder()
      other.add(variant, seeds: 0..<1, right: 50, of: images)
      try other.write()
      let folders = (folder.url.path, other.url.path)
      let expected: ComparisonsError =
        variant == "s3n"
        ? .nothingInCommon(folder: folders.0, other: folders.1) : .otherTestImages(folder: folders.0, other: folders.1)
      #expect(throws: expected) { try Comparisons(of: folder.url, with: other.url) }
    }
  }

  @Test func imagesOfAnotherVersionAreOthersWhateverTheirNames() throws {
    let other = try OutputFolder(datasetVersion: "2")
    for folder in [folder, other] {
      folder.add("baseline", seeds: 0..<1, right: 50)
      try folder.write()
    }
    #expect(throws: ComparisonsError.otherTestImages(folder: folder.url.path, other: other.url.path)) {
      try Comparisons(of: folder.url, with: other.url)
    }
  }

  @Test func divergedSeedsAreLeftOut() throws {
    folder.add("baseline", seeds: 0..<3, right: 50)
    folder.add("s3n", seeds: 0..<2, right: 60)
    folder.add("s3n", seed: 2, right: nil)
    folder.add("identity", seed: 0, right: nil)
    try folder.write()
    let rows = try Comparisons(of: folder.url).rows
    #expect(rows.map(\.cell.variant) == ["s3n"])
    #expect(rows[0].seedCount == 2 && rows[0].seedsLeftOut == 1)
  }

  @Test func theReferenceCanBeChosen() throws {
    addThreeVariants()
    folder.add("s3n", seed: 0, right: Set(0..<30), radius: 0.05)
    try folder.write()
    let rows = try Comparisons(of: folder.url, against: "identity").rows
    #expect(rows.prefix(3).map(\.cell.variant) == ["baseline", "s3n", "s3n"])
    #expect(rows.prefix(3).allSatisfy { $0.other.variant == "identity" && $0.family == .reference })
    #expect(rows.count == 6)
    #expect(try Comparisons(of: folder.url, against: "s3n, radius 0.05").rows[0].other.radius == 0.05)
    #expect(
      throws: ComparisonsError.unknownReference("s4n", known: ["baseline", "s3n", "identity", "s3n, radius 0.05"])
    ) {
      try Comparisons(of: folder.url, against: "s4n")
    }
  }

  @Test func withoutABaselineTheFirstVariantIsTheReference() throws {
    folder.add("identity", seeds: 0..<1, right: 50)
    folder.add("s3n", seeds: 0..<1, right: 60)
    try folder.write()
    #expect(try Comparisons(of: folder.url).rows.map(\.other.variant) == ["identity"])
  }

  @Test func oneVariantCannotBeCompared() throws {
    folder.add("s3n", seeds: 0..<3, right: 50)
    folder.add("baseline", seed: 0, right: nil)
    try folder.write()
    #expect(throws: ComparisonsError.nothingToCompare(folder: folder.url.path, found: ["s3n"])) {
      try Comparisons(of: folder.url)
    }
    let empty = try OutputFolder()
    try empty.write()
    #expect(throws: ComparisonsError.nothingToCompare(folder: empty.url.path, found: [])) {
      try Comparisons(of: empty.url)
    }
  }

  @Test func runsOnOtherImagesCannotBePaired() throws {
    folder.add("baseline", seed: 0, right: [1], of: 3)
    folder.add("s3n", seed: 0, right: [1], of: 4)
    try folder.write()
    #expect { try Comparisons(of: folder.url) } throws: { "\($0)".contains("(3 and 4 of them)") }
    let renamed = try OutputFolder()
    renamed.add("baseline", seed: 0, right: [1], of: 3)
    renamed.add("s3n", seed: 0, right: [1], of: 3, name: { "other/\($0)" })
    try renamed.write()
    #expect { try Comparisons(of: renamed.url) } throws: { "\($0)".contains("(test/0.jpg and other/0)") }
    try renamed.write { $0.removeAll { $0.runID.hasPrefix("s3n") } }
    #expect { try Comparisons(of: renamed.url) } throws: {
      "\($0)".contains("no rows for the head joint of the run s3n-seed0")
    }
  }

  @Test func theTableIsNoWiderThanATerminal() throws {
    for (index, name) in ["baseline", "s3n", "discriminative-only", "complementary-only"].enumerated() {
      folder.add(name, seeds: 0..<6, right: 40 + index, more: 8)
    }
    try folder.write()
    let usual = try Comparisons(of: folder.url).table
    #expect(usual.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(usual)")
    #expect(usual.contains("discriminative-only"), "\(usual)")
    folder.add("s3n", seed: 0, right: Set(0..<99), radius: 0.05)
    folder.add("a-variant-of-somebody-with-a-long-name", seeds: 0..<6, right: 0)
    try folder.write()
    let wide = try Comparisons(of: folder.url).table
    #expect(wide.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(wide)")
    #expect(wide.contains("\ns3n, ra"), "\(wide)")
  }

  @Test func theTableOfOneSeed() throws {
    folder.add("baseline", seed: 0, right: Set(0..<60))
    folder.add("s3n", seed: 0, right: Set(4..<69))
    folder.add("identity", seed: 0, right: Set(0..<30))
    try folder.write()
    let text = try Comparisons(of: folder.url).table
    #expect(
      text == """
        birdlets, quick: top-1 against baseline, in points
        100 test images, 1 paired seed
        variant    diff            95 %  images  verdict
        ------------------------------------------------------------------
        s3n        +5.0    [-2.0, 12.0]    0.27  no difference shown (9.0)
        identity  -30.0  [-40.0, -22.0]   <.001  worse, these weights only

        95 %: interval over images. images: McNemar's exact p-value, after Holm's
        correction for 2 pairs.
        It takes 7 paired seeds to show what training again would give.
        these weights only: training again may give a different result.
        In brackets: the smallest difference that could have been shown.
        comparisons.csv has all 3 pairs, and more of each.

        """)
  }
}
