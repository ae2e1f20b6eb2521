import Datasets
import Models
import Records
import Timing

/// The rows of one run, for the files of an output folder.
struct RunRows {
  let id: String
  let table: TableKey
  let cell: Cell
  /// The heads, starting with the one whose prediction counts.
  let heads: [Models.Head]

  /// The results of an epoch, here counted from 0; without an evaluation if the run diverged before there was one.
  func epoch(
    _ epoch: Int, learningRate: Double, _ totals: EpochTotals, _ evaluation: Evaluation?
  ) -> [EpochRow] {
    func row(_ head: Models.Head?, _ metric: String, _ unit: String, _ value: Double, n: Int?) -> EpochRow {
      EpochRow(runID: id, epoch: epoch + 1, head: head?.rawValue, metric: metric, unit: unit, value: value, n: n)
    }
    var rows = [
      row(nil, Metric.learningRate, "1", learningRate, n: nil),
      row(nil, Metric.trainLoss, "nat", totals.loss, n: totals.images),
    ]
    for head in heads {
      rows.append(row(head, Metric.trainLoss, "nat", totals.loss(head), n: totals.images))
      rows.append(row(head, Metric.trainTop1, Metric.percent, totals.top1(head), n: totals.images))
    }
    guard let evaluation else { return rows }
    for score in evaluation.scores {
      rows.append(row(score.head, Metric.testLoss, "nat", score.loss, n: evaluation.images))
      rows.append(row(score.head, Metric.top1, Metric.percent, score.top1, n: evaluation.images))
    }
    for score in evaluation.scores.dropFirst() {
      rows.append(row(score.head, Metric.agreement, Metric.percent, score.agreement, n: evaluation.images))
    }
    return rows
  }

  /// The fingerprint of the weights after an epoch, here counted from 0.
  func fingerprint(_ epoch: Int, _ weights: String) -> FingerprintRow {
    FingerprintRow(runID: id, epoch: epoch + 1, weightsSHA256: weights)
  }

  /// The memory that training used in an epoch, here counted from 0.
  func memory(_ epoch: Int, _ totals: EpochTotals) -> MemoryRow {
    MemoryRow(
      runID: id, epoch: epoch + 1, peakTensorBytes: totals.peakTensorBytes,
      allocationsPerStep: totals.allocationsPerStep)
  }

  /// Where tests looked after an epoch, here counted from 0, and the sampler's parameters.
  func sampling(_ epoch: Int, _ peaks: PeakTotals, _ network: S3N) -> SamplingRow {
    let (sampler, branches) = (network.sampler, network.configuration.branches)
    var row = SamplingRow(runID: id, epoch: epoch + 1)
    (row.images, row.fewestPeaks, row.mostPeaks) = (peaks.images, peaks.fewest, peaks.most)
    (row.meanPeaks, row.meanScore) = (peaks.mean, peaks.meanStrength)
    row.radius = branches.contains(.discriminative) ? sampler.radius.value[0] : nil
    row.radiusInverse = branches.contains(.complementary) ? sampler.radiusInverse.value[0] : nil
    row.filterChange = sampler.filterChange
    return row
  }

  /// A finished run: the accuracies of the last epoch, and those of the best one, selected on the test set by the head
  /// whose prediction counts.
  ///
  /// - Parameters:
  ///   - epochs: the scores of all epochs.
  ///   - predictions: those of the last epoch, from which its accuracies are computed.
  func finished(
    _ epochs: [[Evaluation.Score]], _ predictions: [PredictionRow], classes: Int, loss: Double, trainImages: Int
  ) -> [RunRow] {
    guard let last = epochs.last, let best = Self.best(epochs) else { return [] }
    let byHead = Dictionary(grouping: predictions, by: \.head)
    var rows: [RunRow] = []
    for (score, bestScore) in zip(last, epochs[best]) {
      let accuracy = Accuracy(of: byHead[score.head.rawValue] ?? [])
      for metric in Accuracy.metrics(classes: classes) {
        rows.append(row(score.head, metric, Metric.percent, accuracy?.value(of: metric), n: score.images))
      }
      rows.append(row(score.head, Metric.bestTop1, Metric.percent, bestScore.top1, n: score.images))
    }
    for score in last.dropFirst() {
      rows.append(row(score.head, Metric.agreement, Metric.percent, score.agreement, n: score.images))
    }
    rows.append(row(nil, Metric.bestEpoch, "epoch", Double(best + 1), n: epochs.count))
    rows.append(row(nil, Metric.trainLoss, "nat", loss, n: trainImages))
    return rows
  }

  /// A run whose loss became NaN or infinite: it has no accuracies.
  func diverged(testImages: Int) -> [RunRow] {
    heads.flatMap { head in
      [Metric.top1, Metric.bestTop1].map {
        row(head, $0, Metric.percent, nil, n: testImages, status: .diverged)
      }
    }
  }

  func stages(_ samples: [StageSample]) -> [StageRow] {
    samples.map {
      StageRow(
        runID: id, phase: $0.phase.rawValue, step: $0.step, stage: $0.stage.rawValue,
        durationNanoseconds: $0.durationNanoseconds)
    }
  }

  /// The first epoch with the best accuracy.
  static func best(_ epochs: [[Evaluation.Score]]) -> Int? {
    let most = epochs.map(\.[0].correct).max()
    return epochs.firstIndex { $0[0].correct == most }
  }

  private func row(
    _ head: Models.Head?, _ metric: String, _ unit: String, _ value: Double?, n: Int?, status: RunStatus = .finished
  ) -> RunRow {
    RunRow(
      runID: id, table: table, variant: cell.variant.name, p: cell.variant.policy.map { "\($0.p)" },
      radius: cell.radius, radiusInverse: cell.radiusInverse,
      seed: cell.seed, head: head?.rawValue, metric: metric, unit: unit, value: value, n: n, status: status)
  }
}

extension Evaluation {
  /// Every prediction as a row, by image and then by head.
  public func predictionRows(id: String, classNames: [String]) -> [PredictionRow] {
    predictions.map {
      PredictionRow(
        runID: id, image: $0.sample.id, head: $0.head.rawValue, label: classNames[$0.sample.label],
        predicted: classNames[$0.predicted], probability: $0.probability, labelProbability: $0.labelProbability,
        labelRank: $0.labelRank)
    }
  }
}
