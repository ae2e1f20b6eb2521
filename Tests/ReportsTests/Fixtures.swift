import Foundation
import Records
import TestSupport

@testable import Reports

/// An output folder with the records of made-up runs, removed with the last reference to it.
final class OutputFolder {
  private let folder: TemporaryFolder
  var url: URL { folder.url }
  static let key = TableKey(dataset: "birdlets", datasetVersion: "2", recipe: "quick", recipeVersion: 1)

  /// `accuracies` holds, by variant, one value per seed.
  init(_ accuracies: [(variant: String, values: [Double])], epochs: Int = 3, classes: [String] = ["a", "b"]) throws {
    folder = try TemporaryFolder()
    var runs: [RunRow] = []
    var rows: [EpochRow] = []
    for (variant, values) in accuracies {
      for (seed, value) in values.enumerated() {
        let id = "\(variant)-\(seed)"
        runs.append(
          RunRow(
            runID: id, table: Self.key, variant: variant, seed: UInt64(seed), head: Head.joint, metric: Metric.top1,
            unit: Metric.percent, value: value, n: 240))
        rows += (1...epochs).map {
          EpochRow(
            runID: id, epoch: $0, head: Head.joint, metric: Metric.top1, unit: Metric.percent, value: value, n: 240)
        }
      }
    }
    try CSVTable.write(runs, to: RecordsFile.runs.url(in: url))
    try CSVTable.write(rows, to: RecordsFile.epochs.url(in: url))
    let recipe = ResolvedRecipe(
      dataset: .init(name: "birdlets", version: "2", classes: classes), recipe: "quick", recipeVersion: 1,
      overrides: [:],
      initialWeights: nil, values: ["momentum": .number(0.9)])
    try JSONEncoder().encode(recipe).write(to: RecordsFile.recipe.url(in: url))
  }

}
