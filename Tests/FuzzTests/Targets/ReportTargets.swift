import Foundation
import Records
import TestSupport

extension FuzzTarget {
  /// One file of a small, valid report, checked against the others as `bench check` does.
  static func report(_ file: RecordsFile, _ folder: TemporaryFolder) throws -> FuzzTarget {
    let report = URL(fileURLWithPath: folder.path("report"), isDirectory: true)
    try writeSoundReport(to: report)
    return try replacing(file.url(in: report).path, mayThrow: { $0 is RecordsError }) {
      _ = try RunRecords(reading: report).findings.count
      try StageSummaryRow.write(from: report, to: report)
      let environments = try EnvironmentFile.read(from: RecordsFile.environment.url(in: report))
      let manifest = try Manifest.read(in: report)
      _ = try manifest.findings(in: report).count + manifest.findings(about: environments).count
      let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: report))
      _ = recipe.differences(to: recipe)
    }
  }

  /// Writes two finished runs with one head and two epochs, and one that diverged.
  private static func writeSoundReport(to folder: URL) throws {
    let recipe = ResolvedRecipe(
      dataset: .init(name: "d", version: "1", classes: ["a", "b"]), recipe: "r", recipeVersion: 1,
      overrides: ["size": "32"], initialWeights: nil, values: ["batch": JSONValue(8), "scale": [JSONValue(0.5), "x"]])
    let store = try RunStore(at: folder, key: recipe.table)
    try store.record(recipe)
    try store.record(RunEnvironment(instructionSet: "avx2", threads: 1, libraries: [:]))
    for run in ["one", "two", "gone"] {
      let isFinished = run != "gone"
      for epoch in 1...2 {
        try store.append([
          EpochRow(runID: run, epoch: epoch, metric: Metric.trainLoss, unit: "nat", value: 1.5),
          EpochRow(runID: run, epoch: epoch, head: Head.raw, metric: Metric.top1, unit: Metric.percent, value: 50),
        ])
        try store.append([FingerprintRow(runID: run, epoch: epoch, weightsSHA256: "0a")])
        try store.append([SamplingRow(runID: run, epoch: epoch)])
        try store.append([MemoryRow(runID: run, epoch: epoch, peakTensorBytes: 1 << 20, allocationsPerStep: 0)])
      }
      try store.append([StageRow(runID: run, phase: "train", step: 0, stage: "step", durationNanoseconds: 12)])
      let facts =
        isFinished ? RunFacts.finished(heads: [Head.raw], classes: 2) : RunFacts.diverged(heads: [Head.raw])
      if isFinished {
        try store.append(
          [("1.jpg", "a"), ("2.jpg", "b")].map { image, label in
            PredictionRow(
              runID: run, image: image, head: Head.raw, label: label, predicted: "a", probability: 0.75,
              labelProbability: label == "a" ? 0.75 : 0.25, labelRank: label == "a" ? 1 : 2)
          })
      }
      try store.append(
        facts.map { fact in
          RunRow(
            runID: run, table: recipe.table, variant: "baseline", seed: run == "one" ? 0 : 1, head: fact.head,
            metric: fact.metric, unit: "1", value: isFinished ? 50 : nil, n: 2,
            status: isFinished ? .finished : .diverged)
        })
    }
    try Manifest.renew(in: folder, drawnBy: [:])
  }
}
