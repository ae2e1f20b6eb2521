import Datasets
import Models
import Records

/// One run of a plan, from initial weights to the last row on disk.
struct CellRun {
  let id: String
  let table: TableKey
  let trainer: Trainer
  let dataset: Dataset
  let store: RunStore
  let report: (TrainingEvent) -> Void

  /// Trains and tests through all epochs; the rows of an epoch are on disk as soon as it ends, those of runs.csv last,
  /// after `save` was called with the last epoch.
  func callAsFunction(save: (_ epoch: Int) throws -> Void) throws -> CellOutcome {
    let rows = RunRows(id: id, table: table, cell: trainer.cell, heads: trainer.model.heads)
    var epochs: [[Evaluation.Score]] = []
    var last: Evaluation?
    var totals = EpochTotals()
    for epoch in 0..<trainer.epochs {
      totals = try trainer.train(epoch: epoch)
      let evaluation = totals.loss.isFinite ? try trainer.evaluate(epoch: epoch) : nil
      try store.append(
        rows.epoch(epoch, learningRate: trainer.learningRate(epoch: epoch), totals, evaluation))
      try store.append([rows.fingerprint(epoch, try ModuleState.fingerprint(of: trainer.model))])
      try store.append([rows.memory(epoch, totals)])
      try store.append(rows.stages(trainer.takeStageSamples()))
      guard let evaluation else {
        try store.append(rows.diverged(testImages: dataset.test.count))
        return .diverged(epoch: epoch)
      }
      epochs.append(evaluation.scores)
      last = evaluation
      report(
        .finishedEpoch(epoch, of: trainer.epochs, loss: totals.loss, top1: evaluation.scores[0].top1))
    }
    guard let last, let best = RunRows.best(epochs) else {
      preconditionFailure("a schedule has at least one epoch")
    }
    let predictions = last.predictionRows(id: id, classNames: dataset.classNames)
    try store.append(predictions)
    try save(trainer.epochs - 1)
    try store.append(
      rows.finished(
        epochs, predictions, classes: dataset.classNames.count, loss: totals.loss, trainImages: totals.images))
    return .finished(top1: last.scores[0].top1, bestTop1: epochs[best][0].top1)
  }
}
