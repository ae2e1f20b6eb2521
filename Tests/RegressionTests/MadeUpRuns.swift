import Foundation
import Records
import TestSupport

@testable import Regression

/// A made-up output folder of two variants with two seeds: a gate should detect what a test changes in it.
final class MadeUpRuns {
  struct Run {
    var variant: String
    var seed: UInt64 = 0
    /// The images that each head gets right, starting with the head that predicts.
    var right: [(head: String, images: Set<Int>)]
    var fingerprints = ["a1", "b2"]
    var isFinished = true
    /// The whole training step in milliseconds, of which half is backward and a hundredth peaks.
    var steps = (0..<20).map { 10 + 0.1 * Double($0) }
    var peakTensorBytes = 1_000_000
    var allocationsPerStep = 0

    var id: String { "birdlets-quick-\(variant)-seed\(seed)" }
  }

  var runs: [Run]
  var recipe = ResolvedRecipe(
    dataset: .init(name: "birdlets", version: "2", classes: ["wren", "robin"]), recipe: "quick", recipeVersion: 2,
    overrides: [:], initialWeights: nil, values: ["batch": JSONValue(16)])
  var environment = RunEnvironment(
    instructionSet: "avx2", threads: 2, libraries: ["openblas": "0.3 Haswell", "fftw": "3.3"])
  /// Those of earlier commands.
  var earlierEnvironments: [RunEnvironment] = []
  var images = (0..<100).map { "test/\($0).jpg" }
  var hasStages = true
  private let home = Result { try TemporaryFolder() }
  private var count = 0

  init() {
    runs = [0, 1].flatMap { (seed: UInt64) in
      [
        Run(variant: "baseline", seed: seed, right: [(Head.raw, Set(0..<60))]),
        Run(variant: "s3n", seed: seed, right: [(Head.joint, Set(0..<80)), (Head.raw, Set(0..<70))]),
      ]
    }
  }

  func written() throws -> RecordedRuns { try RecordedRuns(reading: try write()) }

  /// Writes everything to a new folder.
  func write() throws -> URL {
    count += 1
    let folder = try home.get().url.appendingPathComponent("\(count)")
    let store = try RunStore(at: folder, key: recipe.table)
    try store.record(recipe)
    for environment in earlierEnvironments + [environment] { try store.record(environment) }
    for run in runs {
      try store.append(epochRows(run))
      try store.append(
        run.fingerprints.enumerated().map { FingerprintRow(runID: run.id, epoch: $0 + 1, weightsSHA256: $1) })
      try store.append([
        MemoryRow(
          runID: run.id, epoch: 1, peakTensorBytes: run.peakTensorBytes, allocationsPerStep: run.allocationsPerStep)
      ])
      if run.isFinished { try store.append(predictions(run)) }
      try store.append(stageRows(run))
      try store.append(runRows(run))
    }
    if !hasStages { try FileManager.default.removeItem(at: RecordsFile.stages.url(in: folder)) }
    return folder
  }

  private func predictions(_ run: Run) -> [PredictionRow] {
    images.indices.flatMap { index in
      run.right.map { head, right in
        let isRight = right.contains(index)
        return PredictionRow(
          runID: run.id, image: images[index], head: head, label: "wren", predicted: isRight ? "wren" : "robin",
          probability: 0.6, labelProbability: isRight ? 0.6 : 0.4, labelRank: isRight ? 1 : 2)
      }
    }
  }

  private func accuracy(_ run: Run, _ head: Int) -> Double {
    100 * Double(run.right[head].images.count) / Double(images.count)
  }

  private func epochRows(_ run: Run) -> [EpochRow] {
    run.fingerprints.indices.flatMap { epoch -> [EpochRow] in
      let loss = EpochRow(runID: run.id, epoch: epoch + 1, metric: Metric.trainLoss, unit: "nat", value: 0.5)
      guard run.isFinished || epoch + 1 < run.fingerprints.count else { return [loss] }
      return [loss]
        + run.right.indices.map { index in
          EpochRow(
            runID: run.id, epoch: epoch + 1, head: run.right[index].head, metric: Metric.top1, unit: Metric.percent,
            value: accuracy(run, index), n: images.count)
        }
        + run.right.dropFirst().map {
          EpochRow(
            runID: run.id, epoch: epoch + 1, head: $0.head, metric: Metric.agreement, unit: Metric.percent, value: 90)
        }
    }
  }

  private func runRows(_ run: Run) -> [RunRow] {
    func row(_ head: String?, _ metric: String, _ value: Double?, n: Int? = nil) -> RunRow {
      RunRow(
        runID: run.id, table: recipe.table, variant: run.variant, seed: run.seed, head: head, metric: metric,
        unit: Metric.percent, value: value, n: n, status: run.isFinished ? .finished : .diverged)
    }
    guard run.isFinished else {
      return run.right.flatMap { [row($0.head, Metric.top1, nil), row($0.head, Metric.bestTop1, nil)] }
    }
    return run.right.indices.flatMap { index -> [RunRow] in
      let (head, value) = (run.right[index].head, accuracy(run, index))
      return [
        row(head, Metric.top1, value, n: images.count), row(head, Metric.meanClassAccuracy, value, n: images.count),
        row(head, Metric.bestTop1, value),
      ]
    } + run.right.dropFirst().map { row($0.head, Metric.agreement, 90) }
      + [row(nil, Metric.bestEpoch, 1, n: run.fingerprints.count), row(nil, Metric.trainLoss, 0.5)]
  }

  private func stageRows(_ run: Run) -> [StageRow] {
    run.steps.enumerated().flatMap { number, milliseconds in
      [("backward_original", 0.5), ("peaks", 0.01), (StageRow.wholeStep, 1)].map { stage, share in
        StageRow(
          runID: run.id, phase: "train", step: number, stage: stage,
          durationNanoseconds: Int(1e6 * share * milliseconds))
      }
    }
  }
}
