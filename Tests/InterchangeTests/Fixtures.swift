import Foundation
import Records
import TestSupport

/// An output folder with two made-up runs of three epochs, removed with the last reference to it.
final class MadeUpFolder {
  private let folder: TemporaryFolder
  var url: URL { folder.url }
  static let key = TableKey(
    dataset: "birdlets", datasetVersion: "2", recipe: "quick", recipeVersion: 3, overrides: "size=64")

  init() throws {
    folder = try TemporaryFolder()
    var (runs, epochs, prints): ([RunRow], [EpochRow], [FingerprintRow]) = ([], [], [])
    for (seed, id) in ["s3n-seed0", "s3n-seed1"].enumerated() {
      for (metric, value) in [(Metric.top1, 75.0), (Metric.meanClassAccuracy, 70), (Metric.bestTop1, 80)] {
        runs.append(
          RunRow(
            runID: id, table: Self.key, variant: "s3n", seed: UInt64(seed), head: Head.joint, metric: metric,
            unit: Metric.percent, value: value, n: 240))
      }
      for epoch in 1...3 {
        epochs.append(
          EpochRow(
            runID: id, epoch: epoch, head: Head.joint, metric: Metric.top1, unit: Metric.percent,
            value: epoch == 2 ? 80 : 75, n: 240))
        prints.append(FingerprintRow(runID: id, epoch: epoch, weightsSHA256: "\(id)-\(epoch)"))
      }
    }
    try CSVTable.write(runs, to: RecordsFile.runs.url(in: url))
    try CSVTable.write(epochs, to: RecordsFile.epochs.url(in: url))
    try CSVTable.write(prints, to: RecordsFile.fingerprints.url(in: url))
    let recipe = ResolvedRecipe(
      dataset: .init(name: "birdlets", version: "2", classes: ["a", "b"]), recipe: "quick", recipeVersion: 3,
      overrides: ["size": "64"], initialWeights: nil, values: ["momentum": .number(0.9)])
    try JSONEncoder().encode(recipe).write(to: RecordsFile.recipe.url(in: url))
    var environment = RunEnvironment(
      instructionSet: "avx2", threads: 1, libraries: [:], commandLine: ["bench", "ablation", "--size", "64"])
    environment.date = "2026-01-02T03:04:05Z"
    environment.commit = nil
    try JSONEncoder().encode(["commands": [environment]]).write(to: RecordsFile.environment.url(in: url))
  }

}
