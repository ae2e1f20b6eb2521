import Collectives
import Datasets
import Models
import Records

/// One run of a plan, from its trainer's place to the last row on disk.
struct CellRun {
  let id: String
  let table: TableKey
  let trainer: Trainer
  let dataset: Dataset
  let store: RunStore
  let saver: StateSaver
  let report: (TrainingEvent) -> Void
  /// Keeps the model under the given epoch, counted from 0.
  let keep: (KeptModel, _ epoch: Int) throws -> Void

  private var rows: RunRows { RunRows(id: id, table: table, cell: trainer.cell, heads: trainer.model.heads) }

  /// Trains and tests through all epochs; writes the rows of an epoch as soon as it ends, those of runs.csv last.
  ///
  /// If an error stops the run, its progress is saved first if possible.
  func callAsFunction() throws -> CellOutcome {
    do {
      while !trainer.isDone {
        let epoch = trainer.place.epoch
        guard try runEpoch() else { return .diverged(epoch: epoch) }
      }
      return try finish()
    } catch {
      saveAfter(error)
      throw error
    }
  }

  /// Runs the rest of an epoch; false if the run diverged, with all its rows on disk.
  private func runEpoch() throws -> Bool {
    let epoch = trainer.place.epoch
    let evaluation =
      try trainer.train(afterStep: saver.stepIsDone) ? try trainer.evaluate(afterStep: saver.stepIsDone) : nil
    let (rate, totals) = (trainer.learningRate(epoch: epoch), trainer.progress.totals)
    try store.append(rows.epoch(epoch, learningRate: rate, totals, evaluation))
    try store.append([rows.fingerprint(epoch, try trainer.fingerprint())])
    try store.append([rows.memory(epoch, totals)])
    try store.append(rows.stages(trainer.times))
    if evaluation != nil, let network = trainer.model as? S3N {
      try store.append([rows.sampling(epoch, trainer.progress.peaks, network)])
    }
    guard let evaluation else {
      try store.append(rows.diverged(testImages: dataset.test.count))
      saver.remove()
      return false
    }
    if RunRows.best(trainer.progress.scores + [evaluation.scores]) == epoch { try keep(.best, epoch) }
    trainer.finishEpoch()
    report(.finishedEpoch(epoch, of: trainer.epochs, loss: totals.loss, top1: evaluation.scores[0].top1))
    try saver.epochIsFinished()
    return true
  }

  /// Writes the last rows and the model once all epochs are finished.
  private func finish() throws -> CellOutcome {
    let (scores, last, totals) = (trainer.progress.scores, trainer.progress.evaluation, trainer.progress.totals)
    guard let best = RunRows.best(scores) else { preconditionFailure("a schedule has at least one epoch") }
    let predictions = last.predictionRows(id: id, classNames: dataset.classNames)
    try store.append(predictions)
    try keep(.last, trainer.epochs - 1)
    try store.append(
      rows.finished(
        scores, predictions, classes: dataset.classNames.count, loss: totals.loss, trainImages: totals.images))
    saver.remove()
    return .finished(top1: last.scores[0].top1, bestTop1: scores[best][0].top1)
  }

  private func saveAfter(_ error: any Error) {
    // A communication failure leaves a step half done: the model is between two places.
    if error is CommunicationError { return }
    do {
      if try saver.save() { report(.saved(trainer.cell, trainer.place, of: trainer.epochs)) }
    } catch { report(.notSaved(trainer.cell, reason: "\(error)")) }
  }
}
