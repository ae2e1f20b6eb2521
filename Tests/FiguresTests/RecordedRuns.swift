import Foundation
import TestSupport

@testable import Figures
@testable import Records

/// An output folder of made-up runs with four heads, removed with the last reference to it.
final class RecordedRuns {
  private let folder: TemporaryFolder
  private var runs: [RunRow] = []
  private var epochs: [EpochRow] = []
  private var predictions: [PredictionRow] = []
  private var stages: [StageSummaryRow] = []
  private var sampling: [SamplingRow] = []
  static let heads = [Head.joint, Head.raw, Head.discriminative, Head.complementary]

  init() throws {
    folder = try TemporaryFolder()
    let recipe = ResolvedRecipe(
      dataset: .init(name: "birdlets", version: "2", classes: ["001.Red_Bird", "002.Blue_Bird", "003.Bird"]),
      recipe: "quick", recipeVersion: 1, overrides: [:], initialWeights: nil,
      values: ["schedule": ["sampling": ["epochs": .number(4), "split_after_epoch": .number(2)]]])
    try JSONEncoder().encode(recipe).write(to: RecordsFile.recipe.url(in: folder.url))
  }

  var url: URL { folder.url }
  var records: FolderRecords { FolderRecords(of: folder.url) }

  /// Adds a finished run; its test takes `seconds` for all of its images.
  func add(
    _ variant: String, p: String? = nil, radius: Double? = nil, inverse: Double? = nil, seed: UInt64 = 0, top1: Double,
    epochs count: Int = 4, seconds: Double = 1
  ) {
    let id = "\(variant)-\(p ?? "")-\(radius.field)-\(inverse.field)-\(seed)"
    for (place, head) in Self.heads.enumerated() {
      runs.append(
        RunRow(
          runID: id,
          table: TableKey(dataset: "birdlets", datasetVersion: "2", recipe: "quick", recipeVersion: 1),
          variant: variant, p: p, radius: radius, radiusInverse: inverse, seed: seed, head: head, metric: Metric.top1,
          unit: Metric.percent, value: top1 - Double(place), n: 100))
    }
    for epoch in 1...count {
      func row(_ head: String?, _ metric: String, _ value: Double) {
        epochs.append(EpochRow(runID: id, epoch: epoch, head: head, metric: metric, unit: "", value: value))
      }
      row(nil, Metric.learningRate, epoch < 3 ? 0.1 : 0.01)
      for head in Self.heads {
        row(head, Metric.top1, top1 - Double(count - epoch))
        row(head, Metric.trainLoss, 3 / Double(epoch))
      }
    }
    for epoch in 1...count where variant != "baseline" {
      var row = SamplingRow(runID: id, epoch: epoch)
      (row.images, row.meanPeaks, row.fewestPeaks, row.mostPeaks) = (100, 8 + Double(epoch) / 4, Int(seed), 12)
      (row.meanScore, row.radius, row.radiusInverse) = (0.5, 0.125 * Float(epoch), 0.25)
      row.filterChange = 0.01 * Double(epoch - 1)
      sampling.append(row)
    }
    for (phase, share) in [("train", 60.0), ("infer", seconds)] {
      for stage in ["grid", StageRow.wholeStep] {
        stages.append(
          StageSummaryRow(
            runID: id,
            summary: StageSummary(
              phase: phase, stage: stage, count: 10, totalNanoseconds: Int(1e9 * share), medianNanoseconds: 1e8 * share,
              p10Nanoseconds: 1, p90Nanoseconds: 1, medianShare: 1)))
      }
    }
  }

  /// Adds the heads' predictions for images of one class in the run of s3n with this seed.
  func predict(_ label: String, as predicted: String, _ probability: Float, times: Int = 1, seed: UInt64 = 0) {
    for head in Self.heads {
      for image in 0..<times {
        predictions.append(
          PredictionRow(
            runID: "s3n----\(seed)", image: "\(label)-\(predicted)-\(image)", head: head, label: label,
            predicted: predicted, probability: probability, labelProbability: 0.1, labelRank: 1))
      }
    }
  }

  /// Writes the files and reads them, because the folder may be gone before they are needed.
  func written() throws -> FolderRecords {
    try CSVTable.write(runs, to: RecordsFile.runs.url(in: url))
    try CSVTable.write(epochs, to: RecordsFile.epochs.url(in: url))
    try CSVTable.write(predictions, to: RecordsFile.predictions.url(in: url))
    try CSVTable.write(sampling, to: RecordsFile.sampling.url(in: url))
    try CSVTable.write(stages, to: RecordsFile.stagesSummary.url(in: url))
    let records = self.records
    _ = (
      try records.runs(), try records.epochs(), try records.predictions(), try records.stages(), try records.recipe(),
      try records.sampling()
    )
    return records
  }
}
