import Foundation
import Records
import Statistics
import TestSupport
import Testing

/// reports/convergence matches the runs of both programs: its verdicts were computed by SciPy.
@Suite struct PublishedConvergenceTests {
  private static let report = Repository.report("convergence")

  @Test func everyVerdictIsThatOfTheRuns() throws {
    let rows: [ConvergenceRow] = try CSVTable.read(from: Self.report.appendingPathComponent("convergence.csv"))
    let verdicts: [EquivalenceRow] = try CSVTable.read(from: Self.report.appendingPathComponent("equivalence.csv"))
    #expect(Set(verdicts.map { "\($0.variant) \($0.head)" }) == Set(rows.map { "\($0.variant) \($0.head)" }))
    let last = try #require(rows.map(\.epoch).max())
    for verdict in verdicts {
      func scores(isOurs: Bool) -> [Double] {
        rows.filter { row in
          row.epoch == last && row.variant == verdict.variant && row.head == verdict.head
            && (row.program == .bench) == isOurs
        }.map(\.top1)
      }
      let (ours, theirs) = (scores(isOurs: true), scores(isOurs: false))
      #expect(ours.count == verdict.seeds && theirs.count == verdict.peerSeeds)
      let test = try #require(EquivalenceTest(ours, theirs))
      let pValue = test.pValue(margin: verdict.margin)
      for (mine, published) in [
        (test.difference, verdict.difference), (test.interval.lowerBound, verdict.low90),
        (test.interval.upperBound, verdict.high90), (pValue, verdict.pValue),
      ] {
        #expect(abs(mine - published) < 6e-5, "\(verdict.variant) \(verdict.head): \(mine), published \(published)")
      }
      #expect(verdict.verdict == (pValue <= 0.05 ? "equivalent" : "not shown"))
    }
  }
}
