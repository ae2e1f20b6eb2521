import Figures
import Foundation
import Records
import Testing

@testable import Reports

@Suite struct LookingWordsTests {
  private func localised(_ places: String, _ value: Double, beyond: Double? = nil, seed: UInt64 = 0) -> LocalisationRow
  {
    var row = LocalisationRow(run: "s3n-seed\(seed)", dataset: "birdlets", variant: "s3n", seed: seed)
    (row.peaks, row.places, row.metric, row.unit, row.images) = ("all", places, "points_at_box", "percent", 640)
    (row.value, row.low95, row.high95) = (value, value - 3, value + 3)
    (row.advantage, row.advantageLow95, row.advantageHigh95) = (beyond, beyond.map { $0 - 3 }, beyond.map { $0 + 3 })
    return row
  }

  private func changed(_ name: String, _ change: Double?, seed: UInt64 = 0, holm: Double = 0.01) -> InterventionRow {
    var row = InterventionRow(run: "s3n-seed\(seed)", dataset: "birdlets", variant: "s3n", seed: seed)
    (row.intervention, row.head, row.images, row.change) = (name, "joint", 640, change)
    (row.low95, row.high95, row.adjustedPValue) = (change.map { $0 - 2 }, change.map { $0 + 2 }, holm)
    return row
  }

  private func turned(_ mark: String, there: Double?, elsewhere: Double) -> CounterfactualRow {
    var row = CounterfactualRow(run: "s3n-seed0", dataset: "birdlets", variant: "s3n", seed: 0)
    (row.flipped, row.head, row.images, row.attendedImages) = (mark, "joint", 400, there == nil ? 0 : 200)
    (row.turned, row.low95, row.high95) = (80, 75.5, 84.5)
    (row.turnedAttended, row.turnedUnattended) = (there, elsewhere)
    return row
  }

  @Test func placesAreHeldAgainstThoseThatSayNothing() {
    let words = LookingWords.localisation([
      localised("model", 80), localised("random", 10, beyond: 70), localised("class mates", 81, beyond: -1),
      localised("model", 84, seed: 1), localised("random", 12, beyond: 72, seed: 1),
      localised("class mates", 74, beyond: 10, seed: 1),
    ])
    #expect(
      words == [
        "s3n: the strongest peak hits the box in 82.0 % [77.0, 87.0] of the images, more than as many random places "
          + "(+71.0 [67.0, 75.0]); no difference shown from the peaks of other images of the class (+4.5 [-4.0, 13.0]). "
          + "(localisation.csv: points_at_box, peaks all)"
      ])
  }

  @Test func ofFewImagesNothingIsClaimed() {
    var (model, random) = (localised("model", 0), localised("random", 10, beyond: -10))
    (model.low95, model.high95, model.images, random.images) = (0, 0, 4, 4)
    let words = LookingWords.localisation([model, random])
    #expect(words.count == 1 && words[0].contains("0.0 % [0.0, 49.0]"), "\(words)")
    #expect(words[0].contains("no difference shown from as many random places (-10.0 [-13.0, -7.0])"))
    (model.images, random.images) = (640, 640)
    #expect(LookingWords.localisation([model, random])[0].contains("0.0 % [0.0, 0.6] of the images, less than"))
  }

  @Test func aDamagedNumberOfImagesIsNotComputedWith() {
    var row = turned("eye", there: 90, elsewhere: 10)
    (row.images, row.attendedImages) = (.min, 5)
    #expect(LookingWords.counterfactuals([row]).count == 2)
  }

  @Test func whatIsToldOfAllSeedsTogetherStandsForThem() {
    var (joined, change) = (localised("model", 82), changed("random", -7))
    (joined.seed, change.seed) = (nil, nil)
    let words = LookingWords.localisation([localised("model", 50), localised("model", 90, seed: 1), joined])
    #expect(words.count == 1 && words[0].contains("82.0 % [79.0, 85.0]"))
    let changes = LookingWords.interventions([changed("random", 5), changed("random", -8, seed: 1), change])
    #expect(changes.count == 1 && changes[0].contains("it loses with random (-7.0 [-9.0, -5.0])"))
  }

  @Test func controlsAreNotToldOfBesideS3N() {
    var control = localised("model", 100)
    (control.run, control.variant) = ("oracle-seed0", "oracle")
    #expect(LookingWords.localisation([control, localised("model", 80)]).allSatisfy { $0.hasPrefix("s3n: ") })
    #expect(LookingWords.localisation([control]).count == 1)
  }

  @Test func onlyChangesThatOutlastTheCorrectionAreClaimed() {
    let words = LookingWords.interventions([
      changed("none", nil), changed("random", -8), changed("random", -10, seed: 1), changed("oracle", 2.5, holm: 0.2),
      changed("identity", 1.5), changed("radii x 2", 6),
    ])
    #expect(
      words == [
        "s3n, made to look elsewhere without training again, in points of top-1: it gains with radii x 2 (+6.0 [4.0, 8.0]); "
          + "it loses with random (-9.0 [-12.0, -6.0]); no change shown with oracle (+2.5 [0.5, 4.5]), "
          + "identity (+1.5 [-0.5, 3.5]). (interventions.csv: joint head, Holm's correction for 4 interventions)"
      ])
  }

  @Test func attentionIsClaimedToMatterOnlyWhereTheIntervalSaysSo() {
    let words = LookingWords.counterfactuals([
      turned("crown", there: 90, elsewhere: 70), turned("eye", there: 81, elsewhere: 79),
      turned("crown + eye", there: 10, elsewhere: 90),
    ])
    #expect(words.count == 2 && words[0].contains("the crown 80.0 % [75.5, 84.5], the eye 80.0 %"))
    #expect(
      words[1].contains("more often, in points, of crown (+20.0 [12.")
        && words[1].contains("as often as far as is shown"))
    #expect(LookingWords.counterfactuals([turned("crown", there: nil, elsewhere: 80)]).count == 1)
  }

  @Test func thePageSaysItWithTheRowsBelow() throws {
    let folder = try OutputFolder([("s3n", [58])])
    #expect(try !ReportPage([.init(FolderRecords(of: folder.url), [])]).html().contains("Where it looks"))
    try CSVTable.write(
      [changed("none", nil), changed("random", -8)], to: RecordsFile.interventions.url(in: folder.url))
    let html = try ReportPage([.init(FolderRecords(of: folder.url), [])]).html()
    #expect(html.contains("Where it looks</h2>") && html.contains("it loses with random (-8.0 [-10.0, -6.0])"))
    #expect(
      html.contains("<summary>The rows of interventions.csv</summary>") && html.contains("interventions.csv\" href="))
  }
}
