import Records
import Testing

@testable import Figures

@Suite struct ConvergenceTests {
  private let rows = [ConvergenceRow.Program.bench, .pytorch].flatMap { program in
    (0..<2 as Range<UInt64>).flatMap { seed in
      (1...3).map { epoch in
        ConvergenceRow(
          program: program, variant: "s3n", seed: seed, epoch: epoch, head: "joint",
          top1: 20 * Double(epoch) + Double(seed))
      }
    }
  }

  private func verdict(_ text: String) -> EquivalenceRow {
    var row = EquivalenceRow()
    (row.variant, row.head, row.seeds, row.peerSeeds, row.verdict) = ("s3n", "joint", 2, 2, text)
    (row.difference, row.low90, row.high90, row.margin) = (-0.5, -1.5, 0.5, 2)
    return row
  }

  @Test func bothProgramsStandInOnePanelWithTheirMeans() throws {
    let figure = try Convergence(of: rows, verdicts: [verdict("equivalent")])
    let means = figure.rows.filter { $0[2] == "mean" && $0[3] == "3" }
    #expect(means.map { $0[1] } == ["bench", "PyTorch"] && means.allSatisfy { $0[4] == "60.5" })
    #expect(figure.commands.contains("s3n, joint head: -0.5 [-1.5, 0.5], equivalent"))
    #expect(figure.commands.contains("equivalent if that lies within 2 points"))
  }

  @Test func whatIsNotShownIsNotCalledEquivalent() throws {
    #expect(try Convergence(of: rows, verdicts: [verdict("not shown")]).commands.contains("not decided"))
  }

  /// A figure's data are stored under its name; under the name of the measurements, they would replace them.
  @Test func theMeasurementsAreNotWrittenOver() throws {
    #expect(try Convergence(of: rows, verdicts: [verdict("equivalent")]).name + ".csv" != "convergence.csv")
    var simulated = SimulatedScalingRow()
    simulated.threads = 2
    #expect(try SimulatedEfficiency(of: [simulated]).name + ".csv" != "simulated-scaling.csv")
  }

  @Test func withoutRowsThereIsNothingToDraw() {
    #expect(throws: FiguresError.self) { try Convergence(of: [], verdicts: [verdict("equivalent")]) }
    #expect(throws: FiguresError.self) { try Convergence(of: rows, verdicts: []) }
  }
}
