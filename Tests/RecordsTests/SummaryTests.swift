import Foundation
import TestSupport
import Testing

@testable import Records

/// Returns rows of runs.csv: the accuracies of one variant's seeds, nil where a seed diverged.
func accuracies(
  _ variant: String, _ values: [Double?], head: String = "joint", metric: String = Metric.top1, radius: Double? = nil,
  n: Int = 100
) -> [RunRow] {
  values.enumerated().map { seed, value in
    RunRow(
      runID: "\(variant)-\(seed)", table: key(), variant: variant, radius: radius, seed: UInt64(seed), head: head,
      metric: metric, unit: Metric.percent, value: value, n: n,
      status: value == nil ? .diverged : .finished)
  }
}

@Suite struct SummaryTests {
  @Test func severalSeedsHaveAMeanAndADeviation() throws {
    let row = try #require(Summary(of: accuracies("s3n", [70, 72, 77])).rows.first)
    #expect(row.mean == 73)
    #expect(abs(try #require(row.standardDeviation) - 13.0.squareRoot()) < 1e-12)
    #expect(row.minimum == 70 && row.maximum == 77)
    #expect(row.seeds == 3 && row.diverged == 0 && row.n == 100)
    #expect(row.low95 == nil && row.high95 == nil)
  }

  @Test func oneSeedHasNoDeviationButWilsonsInterval() throws {
    let row = try #require(Summary(of: accuracies("s3n", [81], n: 263)).rows.first)
    #expect(row.standardDeviation == nil)
    #expect(row.line.hasPrefix("birdlets,2,quick,1,,s3n,,,,joint,top1,percent,81.0,,81.0,81.0,75.8"))
    #expect(abs(try #require(row.low95) - 75.82565) < 1e-4)
    #expect(abs(try #require(row.high95) - 85.28179) < 1e-4)
  }

  @Test func divergedSeedsAreCountedAndLeftOut() throws {
    let rows = Summary(of: accuracies("a", [60, nil, 64]) + accuracies("b", [nil])).rows
    #expect(rows.map(\.mean) == [62, nil])
    #expect(rows.map(\.seeds) == [2, 0])
    #expect(rows.map(\.diverged) == [1, 1])
    #expect(rows[1].line == "birdlets,2,quick,1,,b,,,,joint,top1,percent,,,,,,,0,1,100\n")
  }

  @Test func variantsKeepTheirOrderHoweverTheSeedsAreMixed() {
    let z = accuracies("z", [1, 2])
    let a = accuracies("a", [3, 4])
    #expect(Summary(of: [z[0], a[0], a[1], z[1]]).rows.map(\.variant) == ["z", "a"])
  }

  @Test func parametersHeadsMetricsAndTablesStayApart() {
    var other = accuracies("s3n", [9])
    other[0].table.dataset = "cub"
    let rows =
      accuracies("s3n", [1], radius: 0.05) + accuracies("s3n", [2], radius: 0.09) + accuracies("s3n", [3], head: "raw")
      + accuracies("s3n", [4], metric: Metric.bestTop1) + other
    #expect(Summary(of: rows).rows.map(\.mean) == [1, 2, 3, 4, 9])
  }

  @Test func summaryIsReadBack() throws {
    let folder = try TemporaryFolder()
    let summary = Summary(of: accuracies("s3n", [1.0 / 3, 2]) + accuracies("x", [nil]))
    try summary.write(to: folder.url)
    #expect(try CSVTable.read(from: RecordsFile.summary.url(in: folder.url)) == summary.rows)
  }

  @Test func theTableIsAligned() {
    let rows =
      accuracies("baseline", [50, 52, 54])
      + accuracies("s3n", [60, nil, 64]) + accuracies("s3n", [58, nil, 57], head: "raw")
      + accuracies("s3n-p0", [nil, nil, nil])
    #expect(
      Summary(of: rows).table() == """
        birdlets, quick: accuracy in %
        variant        top-1          seeds
        -----------------------------------
        baseline  52.0 ± 2.0              3
        s3n       62.0 ± 2.8  2, 1 diverged
        s3n-p0      diverged              3

        top-1 of the other heads in %
        variant         raw
        -------------------
        s3n      57.5 ± 0.7

        ±: standard deviation over seeds.

        """)
  }

  @Test func theTableShowsTop5AndTheMeanOverClassesOfTheHeadThatPredicts() {
    let rows =
      accuracies("s3n", [60, 62]) + accuracies("s3n", [90, 92], metric: Metric.top5)
      + accuracies("s3n", [58, 59], metric: Metric.meanClassAccuracy)
      + accuracies("s3n", [50, 51], head: "raw") + accuracies("s3n", [80, 81], head: "raw", metric: Metric.top5)
    #expect(
      Summary(of: rows).table() == """
        birdlets, quick: accuracy in %
        variant       top-1       top-5  class mean  seeds
        --------------------------------------------------
        s3n      61.0 ± 1.4  91.0 ± 1.4  58.5 ± 0.7      2

        top-1 of the other heads in %
        variant         raw
        -------------------
        s3n      50.5 ± 0.7

        ±: standard deviation over seeds.

        """)
  }

  @Test func theTableShowsParametersBestEpochsAndIntervals() {
    let rows =
      accuracies("baseline", [50])
      + accuracies("s3n", [60], radius: 0.05) + accuracies("s3n", [61], metric: Metric.bestTop1, radius: 0.05)
    #expect(
      Summary(of: rows).table() == """
        birdlets, quick, radius 0.05: accuracy in %
        variant               top-1  best top-1  seeds
        ----------------------------------------------
        baseline  50.0 [40.4, 59.6]                  1
        s3n       60.0 [50.2, 69.1]        61.0      1

        [low, high]: 95 % by the number of test images alone; several seeds show how far
        they differ.

        """)
    #expect(Summary(of: []).table() == "")
    // The oracle's p differs from s3n's, which follows the schedule.
    let oracle = accuracies("oracle", [80], radius: 0.05).map { row in
      var row = row
      (row.p, row.radiusInverse) = ("0", 0.3)
      return row
    }
    #expect(Summary(of: rows + oracle).table().hasPrefix("birdlets, quick, radius 0.05, radius_inv 0.3: accuracy"))
    #expect(Summary(of: oracle).table().hasPrefix("birdlets, quick, p 0, radius 0.05, radius_inv 0.3: accuracy"))
    #expect(
      Summary(of: rows + accuracies("s3n", [70], radius: 0.1)).table(classes: 8).contains(
        """
        birdlets, quick: accuracy in %, chance 12.5
        variant   radius              top-1  best top-1  seeds
        ------------------------------------------------------
        baseline          50.0 [40.4, 59.6]                  1
        s3n         0.05  60.0 [50.2, 69.1]        61.0      1
        s3n          0.1  70.0 [60.4, 78.1]                  1
        """))
  }
}

@Suite struct TextTests {
  @Test func aWideTableIsFolded() {
    let table = TextTable(
      header: ["name", "first", "second", "third"], rows: [["a", "1", "2", "3"], ["long one", "10", "20", "30"]])
    #expect(table.text(width: 25).split(separator: "\n").allSatisfy { $0.count <= 25 })
    #expect(
      table.text(width: 24) == """
        name      first  second
        -----------------------
        a             1       2
        long one     10      20

        name      third
        ---------------
        a             3
        long one     30

        """)
    #expect(table.text(width: 1).contains("second"))
    #expect(TextTable(header: ["name"], rows: [["a"]]).text == "name\n----\na\n")
    #expect(TextTable(header: []).text == "\n\n")
  }

  @Test func intervalsAreWrittenInOneWay() {
    #expect(intervalText(1.25, 3) == "[1.2, 3.0]" && intervalText(-0.01, 2, digits: 1) == "[0.0, 2.0]")
    #expect(intervalText(0.5, 1.234, digits: 2) == "[0.50, 1.23]")
  }
}

@Suite struct StageSummaryTests {
  private func step(_ run: String, _ phase: String, _ step: Int, _ stages: [(String, Int)]) -> [StageRow] {
    (stages + [(StageRow.wholeStep, stages.map(\.1).reduce(0, +))]).map {
      StageRow(runID: run, phase: phase, step: step, stage: $0.0, durationNanoseconds: $0.1)
    }
  }

  @Test func sharesAndQuantilesAreOverSteps() throws {
    let rows = (0..<11).flatMap { step("a", "train", $0, [("grid", 10 + $0), ("other", 90 - $0)]) }
    let summaries = StageSummary.summaries(of: rows)
    #expect(summaries.map(\.stage) == ["grid", "other", "step"])
    let grid = try #require(summaries.first)
    #expect(grid.count == 11 && grid.totalNanoseconds == 165)
    #expect(grid.medianNanoseconds == 15 && grid.p10Nanoseconds == 11 && grid.p90Nanoseconds == 19)
    #expect(grid.medianShare == 0.15)
    #expect(StageSummary.summaries(of: rows, warmUp: 9).first?.medianNanoseconds == 19.5)
  }

  @Test func aStepWithoutTheStageCountsAsAShareOfNothing() {
    let rows = step("a", "train", 0, [("grid", 50), ("other", 50)]) + step("b", "train", 0, [("other", 10)])
    #expect(StageSummary.summaries(of: rows).first { $0.stage == "grid" }?.medianShare == 0.25)
  }

  @Test func phasesStayApartAndOverlappingWorkHasNoShare() {
    let rows =
      step("a", "train", 0, [("grid", 50)]) + step("a", "infer", 0, [("grid", 5)])
      + [StageRow(runID: "a", phase: "load", step: 0, stage: "decode", durationNanoseconds: 7)]
    let summaries = StageSummary.summaries(of: rows)
    #expect(summaries.map(\.phase) == ["train", "train", "infer", "infer", "load"])
    #expect(summaries.last?.medianShare == nil)
    #expect(summaries.last?.medianNanoseconds == 7)
  }

  @Test func shortenedNamesCanStillBeToldApart() {
    let names = ["s3n, radius 0.05, radius-inv 0.2", "s3n, radius 0.09, radius-inv 0.2", "identity"]
    let short = shortenedApart(names, to: 16)
    #expect(Set(short).count == 3 && short[2] == "identity" && short[0].count <= names[0].count)
    #expect(shortenedApart(["baseline", "baseline"], to: 4) == ["ba…e", "ba…e"] && shortenedApart([], to: 4) == [])
  }
}
