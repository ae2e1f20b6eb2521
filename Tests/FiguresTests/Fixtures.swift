import Foundation
import Records

/// Whether gnuplot is available for drawing.
let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot") }

/// Returns rows of runs.csv: the accuracies of one variant's seeds, nil where a seed diverged.
func accuracies(_ variant: String, _ values: [Double?], radius: Double? = nil, n: Int? = 240) -> [RunRow] {
  values.enumerated().map { seed, value in
    RunRow(
      runID: "\(variant)-\(radius.map { "\($0)" } ?? "")-\(seed)",
      table: TableKey(dataset: "birdlets", datasetVersion: "2", recipe: "quick", recipeVersion: 1), variant: variant,
      radius: radius, seed: UInt64(seed), head: Head.joint, metric: Metric.top1,
      unit: Metric.percent, value: value, n: n, status: value == nil ? .diverged : .finished)
  }
}

/// Returns rows of stages.csv: some steps of a phase, each with these stages and their sum.
func steps(_ phase: String, _ stages: [(String, Int)], count: Int = 3) -> [StageRow] {
  (0..<count).flatMap { step in
    (stages + [(StageRow.wholeStep, stages.map(\.1).reduce(0, +))]).map {
      StageRow(runID: "a", phase: phase, step: step, stage: $0.0, durationNanoseconds: $0.1)
    }
  }
}
