import Foundation
import Records
import TestSupport
import Testing

@testable import Figures

@Suite struct HistoryTests {
  /// Returns a measurement of steps with these milliseconds.
  private func rows(
    _ commit: String, day: Int, _ milliseconds: [Int], model: String = "s3n", machine: String = "AMD EPYC, 2 CPUs",
    threads: Int = 2, precision: String = "fp32", status: PerformanceRow.Status = .final
  ) -> [HistoryRow] {
    var subject = PerformanceSubject(
      version: commit, variant: "avx512", machine: machine, model: model, backbone: "resnet50", size: 448, batch: 8,
      threads: threads)
    subject.precision = precision
    let steps = milliseconds.enumerated().flatMap { step, time in
      [("grid", 1), (StageRow.wholeStep, time)].map { stage, time in
        PerformanceRow(
          phase: "train", step: step, stage: stage, durationNanoseconds: 1_000_000 * time, status: status,
          subject: subject, peakTensorBytes: 2_000_000_000, peakResidentBytes: 3_000_000_000)
      }
    }
    return HistoryRow.rows(
      of: steps, commit: commit, commitDate: "2026-11-\(day)T00:00:00Z", measured: "2026-12-\(day)T00:00:00Z")
  }

  @Test func aMeasurementIsAMedianForEachStageUnderItsCommit() throws {
    let rows = rows("abcdef0123", day: 11, [10, 30, 20], status: .busy)
    #expect(rows.map(\.summary.stage) == ["grid", "step"] && rows.map(\.summary.medianNanoseconds) == [1e6, 20e6])
    #expect(rows.allSatisfy { $0.commit == "abcdef0123" && $0.status == .busy && $0.peakTensorBytes == 2_000_000_000 })
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("history.csv")
    try CSVTable.write(rows, to: file)
    let again: [HistoryRow] = try CSVTable.read(from: file)
    #expect(again.map(\.subject) == rows.map(\.subject) && again.map(\.measured) == rows.map(\.measured))
    #expect(again.map(\.summary.p90Nanoseconds) == rows.map(\.summary.p90Nanoseconds))
  }

  @Test func commitsStandByDateAndMachinesEachHaveALine() throws {
    // Measured out of order, one of them twice.
    let history =
      rows("ccccccc3", day: 13, [90]) + rows("aaaaaaa1", day: 11, [120]) + rows("bbbbbbb2", day: 12, [100])
      + rows("bbbbbbb2", day: 12, [99]) + rows("ccccccc3", day: 13, [60], machine: "Intel Xeon, 8 CPUs", threads: 8)
      + rows("ccccccc3", day: 13, [40], model: "resnet")
    let figure = try PerformanceHistory(of: history)
    func lines(_ panel: String, _ kind: String) -> [[String]] {
      figure.rows.filter { $0[0] == panel && $0[1] == kind && $0[3] != "0" }.map { Array($0[2...4]) }
    }
    #expect(
      lines("0", "line") == [
        ["aaaaaaa", "1", "120.0"], ["bbbbbbb", "2", "99.0"], ["ccccccc", "3", "90.0"], ["ccccccc", "3", "60.0"],
      ])
    #expect(lines("0", "measured").count == 5 && lines("1", "line") == [["ccccccc", "3", "40.0"]])
    #expect(lines("2", "line").map { $0[2] } == ["2.0", "2.0", "2.0", "2.0"])
    #expect(figure.commands.contains("'AMD EPYC, 2 CPUs, 2 threads: 90.0'"))
    #expect(
      figure.commands.contains("avx512, fp32, 3 commits")
        && figure.commands.contains("training step, batch 8, 448 x 448, ms")
    )
    #expect(throws: FiguresError.self) { try PerformanceHistory(of: history.filter { $0.summary.stage == "grid" }) }
  }

  @Test func theLabelStandsWhereTheNewestCommitsPointIs() throws {
    // The older commit was measured after the newer one.
    let (newer, older) = (rows("bbbbbbb2", day: 12, [100]), rows("aaaaaaa1", day: 11, [1000]))
    let line = HistoryLine(
      "s3n", colour: "#000000",
      of: newer
        + older.map {
          var row = $0; row.measured = "2027-01-01"; return row
        },
      at: ["aaaaaaa1": 1, "bbbbbbb2": 2]
    ) { ($0.medianNanoseconds, $0.medianNanoseconds, $0.medianNanoseconds) }
    #expect(line.end?.place == 2 && line.end?.median == 1e8)
  }

  @Test func memoryIsToldByPrecision() throws {
    let figure = try PerformanceHistory(
      of: rows("aaaaaaa1", day: 11, [120]) + rows("aaaaaaa1", day: 11, [70], precision: "bf16"))
    #expect(
      figure.commands.contains("'s3n, train, fp32: 2.00'") && figure.commands.contains("'s3n, train, bf16: 2.00'"))
    #expect(figure.rows.filter { $0[0] == "1" && $0[1] == "measured" }.count == 2)
  }

  @Test(.enabled(if: hasGnuplot)) func itIsDrawn() throws {
    let folder = try TemporaryFolder()
    let history = (0..<40).flatMap { rows("\($0 + 10)abcdef", day: 10 + $0 / 2, [100 + $0]) }
    let files = try PerformanceHistory(of: history).render(to: folder.url)
    #expect(try String(contentsOf: files.svg, encoding: .utf8).contains("Time and memory of a step, by commit"))
  }
}
