import Figures
import Foundation
import Records

/// The charts of the files in reports/performance and reports/convergence: a pure function of them.
struct PerformanceCharts {
  let folder: URL

  /// Draws each chart whose file exists and holds enough for it.
  func draw() throws {
    var drawn: [URL] = []
    if let rows: [PerformanceRow] = try rows("scaling.csv") {
      for variable in StepScaling.Variable.allCases {
        drawn += try render { try StepScaling(of: rows, along: variable) }
      }
    }
    if let rows: [SimulatedScalingRow] = try rows("simulated-scaling.csv") {
      drawn += try render { try SimulatedEfficiency(of: rows) }
    }
    if let rows: [NodeScalingRow] = try rows("node-scaling.csv") {
      drawn += try render { try NodeEfficiency(of: rows) }
    }
    if let rows: [PerformanceRow] = try rows("smoothing.csv") {
      for phase in ["infer", "train"] { drawn += try render { try SmoothingScaling(of: rows, phase: phase) } }
    }
    if let rows: [PerformanceRow] = try rows("peers.csv") {
      for scope in PeerRatios.Scope.allCases { drawn += try render { try PeerRatios(of: rows, scope: scope) } }
    }
    if let rows: [AccuracyTimeRow] = try rows("time-to-accuracy.csv") {
      drawn += try render { try AccuracyOverTime(of: rows) }
    }
    if let rows: [LayerRow] = try rows("layers.csv") {
      for precision in rows.map(\.subject.precision).unique() {
        drawn += try render { try LayerRoofline(of: rows, precision: precision) }
      }
    }
    if let rows: [HistoryRow] = try rows("history.csv") { drawn += try render { try PerformanceHistory(of: rows) } }
    if let rows: [ConvergenceRow] = try rows("convergence.csv"),
      let verdicts: [EquivalenceRow] = try self.rows("equivalence.csv")
    {
      drawn += try render { try Convergence(of: rows, verdicts: verdicts) }
    }
    for chart in drawn { print("Chart: \(chart.relativePath)") }
  }

  private func rows<Row: CSVRow>(_ name: String) throws -> [Row]? {
    try CSVTable.readIfPresent(from: folder.appendingPathComponent(name))
  }

  /// Draws a figure unless there is nothing to draw; other failures are warnings, as the measurements are kept.
  private func render(_ figure: () throws -> some Figure) throws -> [URL] {
    do {
      return [try figure().render(to: folder).svg]
    } catch FiguresError.noData(let name, let needed) {
      complain("No chart \(name): it needs \(needed).")
    } catch let error as FiguresError {
      warn("\(error)")
    }
    return []
  }
}
