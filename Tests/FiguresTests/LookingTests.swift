import Foundation
import Records
import TestSupport
import Testing

@testable import Figures

@Suite struct LookingTests {
  private func places(
    _ variant: String, seed: UInt64 = 0, _ places: String = "model", _ metric: String = "inside_box",
    part: String? = nil, tolerance: Double? = nil, is value: Double?
  ) -> LocalisationRow {
    var row = LocalisationRow(run: "\(variant)-seed\(seed)", dataset: "birdlets", variant: variant, seed: seed)
    (row.peaks, row.places, row.metric, row.part, row.tolerance) = ("all", places, metric, part, tolerance)
    (row.value, row.low95, row.high95, row.images) = (value, value.map { $0 - 2 }, value.map { $0 + 3 }, 640)
    return row
  }

  private func change(_ name: String, _ change: Double?, seed: UInt64 = 0, head: String = "joint") -> InterventionRow {
    var row = InterventionRow(run: "s3n-seed\(seed)", dataset: "birdlets", variant: "s3n", seed: seed)
    (row.intervention, row.head, row.images, row.top1) = (name, head, 640, 70 + (change ?? 0))
    (row.change, row.low95, row.high95) = (change, change.map { $0 - 1 }, change.map { $0 + 1 })
    return row
  }

  @Test func seedsAreJoinedAndNullsStandBesideThem() throws {
    let figure = try WhereItLooks(of: [
      places("s3n", is: 50), places("s3n", seed: 1, is: 60), places("s3n", "random", is: 20),
      places("s3n", seed: 1, "random", is: 30),
      places("s3n", "class mates", is: nil), places("s3n", "model", "part_recall", tolerance: 0.05, is: 1),
      places("s3n", "model", "part_recall", tolerance: 0.1, is: 44),
      places("s3n", "model", "part_recall", part: "crown", tolerance: 0.1, is: 33), places("oracle", is: 90),
    ])
    let lines = figure.data.split(separator: "\n")
    #expect(lines.contains("2,peaks in the box,model,55.0,48.0,63.0,"))
    #expect(lines.contains("2,peaks in the box,random,25.0,18.0,33.0,"))
    #expect(lines.contains("3,parts looked at,model,44.0,42.0,47.0,"))
    #expect(lines.contains("4,crown looked at,model,33.0,31.0,36.0,"))
    #expect(lines.contains("6,oracle,group,,,,") && !figure.data.contains("class mates"))
  }

  @Test func bandsAreColouredByWhetherTheyHoldZero() throws {
    let figure = try LookingElsewhere(of: [
      change("none", nil), change("random", -8), change("random", -4, seed: 1), change("oracle", 5),
      change("strongest 3", 0.2), change("random", -50, head: "discriminative"),
    ])
    let lines = figure.data.split(separator: "\n")
    #expect(lines.contains("1,\"s3n, 70.0 %\",group,,,,"))
    #expect(lines.contains("2,random,worse,-6.0,-9.0,-3.0,") && lines.contains("2.0,random,seed,-8.0,,,0"))
    #expect(lines.contains("3,oracle,better,5.0,4.0,6.0,"))
    #expect(lines.contains("4,strongest 3,open,0.2,-0.8,1.2,") && !figure.data.contains("-50"))
  }

  @Test func whatIsToldOfAllSeedsTogetherStandsForThem() throws {
    var joined = places("s3n", is: 56)
    joined.seed = nil
    let looks = try WhereItLooks(of: [places("s3n", is: 50), places("s3n", seed: 1, is: 60), joined])
    #expect(looks.data.contains("2,peaks in the box,model,56.0,54.0,59.0,"))
    #expect(looks.commands.contains("95 % over seeds and images") && looks.commands.contains("2 seeds"))

    var change = self.change("random", -7)
    change.seed = nil
    let elsewhere = try LookingElsewhere(of: [
      self.change("random", -8), self.change("random", -4, seed: 1), change, self.change("none", nil),
    ])
    let lines = elsewhere.data.split(separator: "\n")
    #expect(lines.contains("2,random,worse,-7.0,-8.0,-6.0,"))
    #expect(lines.filter { $0.contains(",seed,") }.count == 2)
    #expect(elsewhere.commands.contains("mean, 95 % over seeds and images") && elsewhere.commands.contains("2 seeds"))
  }

  @Test func familiesOfOneSeedAreSaidToBe() throws {
    var joined = places("s3n", is: 56)
    joined.seed = nil
    let looks = try WhereItLooks(of: [
      places("s3n", is: 50), places("s3n", seed: 1, is: 60), joined, places("oracle", seed: 5, is: 90),
    ])
    #expect(
      looks.commands.contains("95 % over seeds and images (one seed: images).")
        && looks.commands.contains("1 to 2 seeds"))
    var (change, alone) = (self.change("random", -7), self.change("random", -3, seed: 5))
    change.seed = nil
    alone.variant = "oracle"
    alone.run = "oracle-seed5"
    let elsewhere = try LookingElsewhere(of: [
      self.change("random", -8), self.change("random", -4, seed: 1), change, alone,
    ])
    #expect(
      elsewhere.commands.contains("seeds and images (one seed: images).") && elsewhere.commands.contains("1 to 2 seeds")
    )
  }

  @Test func modelsOfOneVariantWithOtherRadiiStandApart() throws {
    func named(_ run: String, _ row: InterventionRow) -> InterventionRow {
      var row = row
      row.run = run
      return row
    }
    let narrow = [change("none", nil), change("random", -8)].map { named("s3n-radius0.05-seed0", $0) }
    let wide = [change("none", nil), change("random", -2)].map { named("s3n-radius0.09-seed0", $0) }
    let lines = try LookingElsewhere(of: narrow + wide).data.split(separator: "\n")
    #expect(lines.contains("1,\"s3n-radius0.05, 70.0 %\",group,,,,"))
    #expect(
      lines.contains("2,random,worse,-8.0,-9.0,-7.0,") && lines.contains { $0.contains("random,worse,-2.0,-3.0,-1.0,") }
    )

    // Rows over seeds that cover a single run represent that run alone.
    var all = places("s3n", is: 50)
    (all.run, all.seed) = ("s3n-radius0.05", nil)
    var other = places("s3n", is: 30)
    other.run = "s3n-radius0.09-seed0"
    #expect([all, other].overSeeds == [all, other])
  }

  @Test(.enabled(if: hasGnuplot)) func bothAreDrawn() throws {
    let folder = try TemporaryFolder()
    let looks = try WhereItLooks(of: [places("s3n", is: 50), places("s3n", "random", is: 20)]).render(to: folder.url)
    let elsewhere = try LookingElsewhere(of: [change("none", nil), change("random", -8)]).render(to: folder.url)
    for (file, words) in [(looks.svg, "peaks in the box"), (elsewhere.svg, "-8.0 [-9.0, -7.0]")] {
      #expect(try String(contentsOf: file, encoding: .utf8).contains(words))
    }
  }

  private func turned(
    _ flipped: String, _ value: Double?, variant: String = "s3n", head: String = "joint", attended: Double? = nil
  ) -> CounterfactualRow {
    var row = CounterfactualRow(run: "\(variant)-seed0", dataset: "birdlets", variant: variant, seed: 0)
    (row.flipped, row.head, row.images, row.turned) = (flipped, head, 400, value)
    (row.low95, row.high95) = (value.map { $0 - 2 }, value.map { $0 + 2 })
    (row.attendedImages, row.turnedAttended) = (attended == nil ? 0 : 100, attended)
    row.turnedUnattended = attended == nil ? value : 40
    return row
  }

  private var answers: [CounterfactualRow] {
    [
      turned("crown", 80, attended: 90), turned("crown", 10, head: "raw"), turned("crown + eye", 60, attended: 70),
      turned("crown + wing", 70, attended: 80), turned("crown", 50, variant: "baseline", head: "raw"),
      turned("beak", nil, variant: "baseline", head: "raw"),
    ]
  }

  @Test func answersThatFollowMarksStandByVariantAndPairsTogether() throws {
    let lines = try FollowingMarks(of: answers).data.split(separator: "\n")
    #expect(lines.contains("1,\"s3n, joint\",group,,,,") && lines.contains("2,crown,all,80.0,78.0,82.0,"))
    #expect(lines.contains("2,crown,attended,90.0,,,") && lines.contains("2,crown,elsewhere,40.0,,,"))
    #expect(lines.contains("3,\"two marks, all pairs\",all,65.0,58.0,72.0,"))
    // A plain ResNet has no attention, so its marks cannot be outside it.
    #expect(lines.contains("5,\"baseline, raw\",group,,,,") && lines.last == "6,crown,all,50.0,48.0,52.0,")
    #expect(throws: FiguresError.self) { try FollowingMarks(of: [turned("crown", nil)]) }
  }

  @Test func curvesAreMeansOverImages() throws {
    let points = ["a", "b"].flatMap { image in
      [(0.0, Float(1)), (0.5, image == "a" ? 0.5 : 0.25), (1, 0)].map { share, probability in
        CurveRow(
          image: image, map: "response", curve: "deletion", area: image == "a" ? 0.5 : 0.375, share: share,
          probability: probability)
      }
    }
    let figure = try CausalCurves(of: points, subject: "s3n-seed0, 2 images")
    #expect(figure.rows.map { $0[2] } == ["0.0", "50.0", "100.0", "100.0"])
    #expect(figure.rows.map { $0[3] } == ["1.0", "0.375", "0.0", "nan"])
    #expect(figure.commands.contains("'response 0.438'"))
  }

  @Test(.enabled(if: hasGnuplot)) func marksAndCurvesAreDrawn() throws {
    let folder = try TemporaryFolder()
    let marks = try FollowingMarks(of: answers).render(to: folder.url)
    let curves = try CausalCurves(
      of: [CurveRow(image: "a", map: "random", curve: "insertion", area: 1, share: 0, probability: 1)], subject: "s3n"
    ).render(to: folder.url)
    for (file, words) in [(marks.svg, "two marks, all pairs"), (curves.svg, "random 1.000")] {
      #expect(try String(contentsOf: file, encoding: .utf8).contains(words))
    }
  }

  @Test func nothingToShowIsAnError() {
    #expect(throws: FiguresError.self) { try WhereItLooks(of: [places("s3n", is: nil)]) }
    #expect(throws: FiguresError.self) { try LookingElsewhere(of: [change("none", nil)]) }
  }
}
