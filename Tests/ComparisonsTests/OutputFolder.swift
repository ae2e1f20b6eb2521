import Foundation
import Records
import TestSupport

/// A hand-made output folder that states which images each run of each variant gets right.
final class OutputFolder {
  private let folder: TemporaryFolder
  var url: URL { folder.url }
  private(set) var runs: [RunRow] = []
  private(set) var predictions: [PredictionRow] = []

  private let table: TableKey

  init(datasetVersion: String = "1") throws {
    table = TableKey(dataset: "birdlets", datasetVersion: datasetVersion, recipe: "quick", recipeVersion: 1)
    folder = try TemporaryFolder()
  }

  /// Adds a run that gets the images in `right` right, out of `images`; nil for one that diverged.
  ///
  /// Variants other than the baseline have a joint head, and a raw one that is always wrong.
  func add(
    _ variant: String, seed: UInt64, right: Set<Int>?, of images: Int = 100, radius: Double? = nil,
    name: (Int) -> String = { "test/\($0).jpg" }
  ) {
    let id = "\(variant)\(radius.map { "-\($0)" } ?? "")-seed\(seed)"
    let heads = variant == "baseline" ? [Head.raw] : [Head.joint, Head.raw]
    for head in heads {
      runs.append(
        RunRow(
          runID: id, table: table, variant: variant, radius: radius, seed: seed, head: head, metric: Metric.top1,
          unit: Metric.percent, value: right.map { 100 * Double($0.count) / Double(images) }, n: images,
          status: right == nil ? .diverged : .finished))
      guard let right else { continue }
      for image in 0..<images {
        let isRight = right.contains(image) && head == heads[0]
        predictions.append(
          PredictionRow(
            runID: id, image: name(image), head: head, label: "wren", predicted: isRight ? "wren" : "robin",
            probability: 0.5, labelProbability: isRight ? 0.5 : 0.25, labelRank: isRight ? 1 : 2))
      }
    }
  }

  /// Adds a run per seed that gets images 0..<count right, and `more` further ones that shift with the seed.
  func add(_ variant: String, seeds: Range<UInt64>, right count: Int, more: Int = 0, of images: Int = 100) {
    for seed in seeds {
      let others = (0..<more).map { count + (Int(seed) * more + $0) % max(1, images - count) }
      add(variant, seed: seed, right: Set(0..<count).union(others), of: images)
    }
  }

  /// Writes runs.csv and predictions.csv; `shuffle` may change the order.
  func write(shuffle: (inout [PredictionRow]) -> Void = { _ in }) throws {
    var predictions = predictions
    shuffle(&predictions)
    try CSVTable.write(runs, to: RecordsFile.runs.url(in: url))
    try CSVTable.write(predictions, to: RecordsFile.predictions.url(in: url))
  }
}
