import Comparisons
import Foundation
import Records
import TestSupport
import Testing

@testable import Figures

@Suite struct DifferencesTests {
  private let runs: [RunRow]

  init() {
    runs =
      accuracies("baseline", [50, 52]) + accuracies("s3n", [58, 57]) + accuracies("identity", [49, nil])
      + accuracies("zoom", [50, 51])
  }

  /// Returns a comparison with the baseline.
  private func comparison(
    _ variant: String, _ difference: Double?, _ interval: ClosedRange<Double>, _ verdict: Verdict,
    family: ComparisonRow.Family = .reference
  ) -> ComparisonRow {
    var row = ComparisonRow.blank
    func cell(_ name: String) -> Cell { runs.first { $0.variant == name }?.cell ?? row.cell }
    row.cell = cell(variant)
    row.other = cell("baseline")
    row.family = family
    row.head = Head.joint
    row.otherHead = Head.joint
    row.seedCount = 2
    row.imageCount = 240
    row.difference = difference
    row.seeds.low95 = interval.lowerBound
    row.seeds.high95 = interval.upperBound
    row.images.smallestPoints = 4.25
    row.verdict = verdict
    return row
  }

  @Test func dataHoldsIntervalsVerdictsAndEachPairOfSeeds() throws {
    let figure = try Differences(
      of: [
        comparison("s3n", 6.5, 2...10, .betterTheseWeights), comparison("identity", -1, -3...1, .notShown),
        comparison("zoom", nil, 0...0, .notShown), comparison("s3n", 7.5, 5...11, .better, family: .others),
      ], runs: runs)
    #expect(
      figure.data == """
        row,variant,kind,seed,difference_points,low_points,high_points,value,note
        1,s3n,better these weights only,,6.5,2.0,10.0,,
        1,s3n,note,,,,,+6.5,"better, these weights only"
        1.0,s3n,seed,0,8.0,,,,
        1.0,s3n,seed,1,5.0,,,,
        2,identity,no difference shown,,-1.0,-3.0,1.0,,
        2,identity,note,,,,,-1.0,no difference shown (4.2)
        2.0,identity,seed,0,-1.0,,,,

        """)
    #expect(figure.commands.contains("'%g' 0.0"))
    // The pair without a difference, too, is one of those that p-values are corrected for.
    #expect(figure.commands.contains("verdict (Holm, 3 pairs)"))
  }

  @Test func nothingToShowIsAnError() {
    #expect(throws: FiguresError.self) { try Differences(of: [], runs: runs) }
    #expect(throws: FiguresError.self) {
      try Differences(of: [comparison("s3n", 1, 0...2, .better, family: .others)], runs: runs)
    }
  }

  @Test(.enabled(if: hasGnuplot)) func everyVerdictIsDrawn() throws {
    let folder = try TemporaryFolder()
    let rows = Verdict.allCases.map { comparison("s3n", 1, 0...2, $0) }
    let files = try Differences(of: rows, runs: runs).render(to: folder.url)
    let svg = try String(contentsOf: files.svg, encoding: .utf8)
    for verdict in Verdict.allCases { #expect(svg.contains(verdict.rawValue)) }
  }
}
