import Foundation
import Records
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

  @Test(.enabled(if: hasGnuplot)) func bothAreDrawn() throws {
    let folder = try TemporaryFolder()
    let looks = try WhereItLooks(of: [places("s3n", is: 50), places("s3n", "random", is: 20)]).render(to: folder.url)
    let elsewhere = try LookingElsewhere(of: [change("none", nil), change("random", -8)]).render(to: folder.url)
    for (file, words) in [(looks.svg, "peaks in the box"), (elsewhere.svg, "-8.0 [-9.0, -7.0]")] {
      #expect(try String(contentsOf: file, encoding: .utf8).contains(words))
    }
  }

  @Test func nothingToShowIsAnError() {
    #expect(throws: FiguresError.self) { try WhereItLooks(of: [places("s3n", is: nil)]) }
    #expect(throws: FiguresError.self) { try LookingElsewhere(of: [change("none", nil)]) }
  }
}
