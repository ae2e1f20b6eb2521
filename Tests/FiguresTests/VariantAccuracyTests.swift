import Foundation
import Records
import Testing

@testable import Figures

@Suite struct VariantAccuracyTests {
  @Test func dataHoldsMeansNotesAndEachSeed() throws {
    let figure = try VariantAccuracy(
      of: accuracies("baseline", [50, 54]) + accuracies("s3n", [nil, nil]) + accuracies("identity", [60, nil]),
      classes: 10, epochs: 3)
    let lines = figure.data.split(separator: "\n")
    #expect(lines[0] == "row,variant,kind,seed,top1_percent,low_percent,high_percent,note")
    #expect(lines[1].hasPrefix("1,baseline,mean,,52.0,49.17"))
    #expect(lines[2] == "1,baseline,note,,,,,52.0 ± 2.8")
    #expect(lines[3] == "1.0,baseline,seed,0,50.0,,,")
    #expect(lines[4] == "1.0,baseline,seed,1,54.0,,,")
    #expect(lines[5] == "2,s3n,note,,,,,diverged")
    #expect(lines[7].contains("3,identity,note,,,,,\"60.0 ["))
    #expect(lines[7].hasSuffix("] †\""))
    #expect(lines.count == 9)
  }

  @Test func seedsOfTheSameAccuracyDoNotHideEachOther() throws {
    let figure = try VariantAccuracy(of: accuracies("s3n", [70, 70, 70, 60]), classes: nil, epochs: nil)
    let places = figure.rows.filter { $0[2] == "seed" }.map { "\($0[0]) \($0[4])" }
    #expect(Set(places).count == 4)
    #expect(places.last == "1.0 60.0")
  }

  @Test func parametersStandInLabelsOnlyWhereTheyDiffer() throws {
    let figure = try VariantAccuracy(
      of: accuracies("s3n", [70], radius: 0.05) + accuracies("s3n", [71], radius: 0.1)
        + accuracies("s3n-p0", [72], radius: 0.09), classes: nil, epochs: nil)
    #expect(
      figure.rows.filter { $0[2] == "note" }.map { $0[1] } == ["s3n, radius 0.05", "s3n, radius 0.1", "s3n-p0"])
  }

  @Test func chanceIsOnTheAxisOrBeyondABreakInIt() throws {
    let near = try VariantAccuracy(of: accuracies("a", [30, 55]), classes: 4, epochs: nil).commands
    #expect(near.contains("set arrow 1 from first 25.0,"))
    #expect(near.contains("chance 25 %"))
    #expect(!near.contains("'//'"))
    let far = try VariantAccuracy(of: accuracies("a", [88.1, 88.5]), classes: 200, epochs: nil).commands
    #expect(far.contains("chance 0.5 %"))
    #expect(far.contains("'//'"))
    // Labels are at the left edge, beyond the axis break.
    let edge = try #require(far.firstMatch(of: /set xrange \[(.*?):/)).1
    #expect(far.contains("low = \(edge)\n"))
    #expect(!(try VariantAccuracy(of: accuracies("a", [30]), classes: nil, epochs: nil).commands.contains("chance")))
  }

  @Test func whereSeedsDifferInNumberBothNumbersAreSaid() throws {
    let even = try VariantAccuracy(of: accuracies("a", [50]) + accuracies("b", [nil]), classes: nil, epochs: 12)
    #expect(even.commands.contains("12 epochs, 1 seed, 240 test images"))
    let uneven = try VariantAccuracy(
      of: accuracies("a", [50]) + accuracies("b", [50, nil, 60]), classes: nil, epochs: 12)
    #expect(uneven.commands.contains("12 epochs, 1 to 3 seeds, 240 test images"))
  }

  @Test func nothingToShowIsAnError() {
    #expect(throws: FiguresError.self) { try VariantAccuracy(of: [], classes: 10, epochs: 1) }
  }
}

@Suite struct AxisTests {
  @Test(arguments: [
    ([70.4, 77.9], 70.0, 80.0), ([0.0, 100.0], 0.0, 100.0), ([99.9, 100.0], 99.8, 100.0), ([], 0.0, 100.0),
    ([50.0], 49.8, 50.2), ([5.0, 63.0], 0.0, 80.0),
  ])
  func endsAreRoundAndWithinTheLimits(values: [Double], low: Double, high: Double) {
    let axis = Axis(holding: values, within: 0...100, tics: 5)
    #expect(abs(axis.range.lowerBound - low) < 1e-9)
    #expect(abs(axis.range.upperBound - high) < 1e-9)
  }

  @Test func valuesAreAlwaysHeld() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let values = (0..<3).map { _ in Double.random(in: 0...100, using: &random) }
      let axis = Axis(holding: values, within: 0...100, tics: 5)
      #expect(values.allSatisfy(axis.range.contains))
      #expect(axis.range.lowerBound >= 0 && axis.range.upperBound <= 100 + 1e-9)
    }
  }
}

@Suite struct StageSharesTests {
  @Test func stagesAreSortedByShareInEachPhase() throws {
    let rows = steps("train", [("peaks", 1_000_000), ("backbone_original", 9_000_000)]) + steps("infer", [("grid", 5)])
    let figure = try StageShares(of: rows, subject: "s3n")
    #expect(figure.rows.map { $0[1] } == ["train", "train", "train", "infer", "infer"])
    #expect(figure.rows.map { $0[2] } == ["step", "backbone original", "peaks", "step", "grid"])
    #expect(figure.rows.map { $0[3] } == ["", "90.0", "10.0", "", "100.0"])
    #expect(figure.rows.map { $0[6] } == ["10.0 ms", "9.00 ms", "1.00 ms", "0.01 µs", "0.01 µs"])
  }

  @Test func workThatOverlapsStepsIsLeftOut() {
    let rows = [StageRow(runID: "a", phase: "load", step: 0, stage: "decode", durationNanoseconds: 7)]
    #expect(throws: FiguresError.self) { try StageShares(of: rows, subject: "s3n") }
    #expect(throws: FiguresError.self) { try StageShares(of: [], subject: "s3n") }
  }
}
