import Foundation
import Records
import Testing

@testable import Figures

@Suite struct AccuracyOverTimeTests {
  private func training(_ program: String, _ variant: String, seed: UInt64, _ points: [(Double, Double)])
    -> [AccuracyTimeRow]
  {
    points.enumerated().map { index, point in
      var row = AccuracyTimeRow()
      (row.program, row.variant, row.seed, row.epoch) = (program, variant, seed, index + 1)
      (row.seconds, row.top1, row.status, row.machine, row.threads) = (point.0, point.1, .final, "a CPU", 2)
      return row
    }
  }

  private var rows: [AccuracyTimeRow] {
    training("s3n-bench", "avx512", seed: 0, [(1, 40), (2, 61), (3, 59)])
      + training("pytorch", "eager", seed: 0, [(4, 30), (8, 50)])
      + training("s3n-bench", "avx512", seed: 1, [(1, 60), (2, 70)])
  }

  @Test func theFirstTestThatFindsItCounts() {
    let programs = TimeToAccuracy.programs(of: rows)
    #expect(programs.map(\.program) == ["s3n-bench avx512", "pytorch eager"])
    #expect(programs[0].seconds(to: 60) == [2, 1] && programs[0].medianSeconds(to: 60) == 1.5)
    #expect(programs[0].epochs(to: 60) == [2, 1] && programs[0].isFinal)
    #expect(programs[1].seconds(to: 60) == [] && programs[1].medianSeconds(to: 60) == nil)
  }

  @Test func eachTrainingIsALine() throws {
    let figure = try AccuracyOverTime(of: rows)
    #expect(figure.rows.count == 7 && figure.rows[1] == ["0", "s3n-bench avx512", "2.0", "61.0", "0", "2"])
    #expect(
      figure.commands.contains("s3n-bench avx512: 1.5 s") && figure.commands.contains("pytorch eager: not reached"))
    #expect(!figure.commands.contains("no final figures"))
    var busy = rows
    busy[0].status = .busy
    #expect(try AccuracyOverTime(of: busy).commands.contains("no final figures"))
    #expect(throws: FiguresError.self) { try AccuracyOverTime(of: []) }
  }
}
