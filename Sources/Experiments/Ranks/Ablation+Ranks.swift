import Collectives
import Tensors

extension Ablation {
  /// Tells the other ranks which cell comes next; nil after the last.
  func announce(_ cell: Int?) throws(CommunicationError) {
    guard ranks.count > 1 else { return }
    _ = try ranks.gather([cell ?? -1])
  }

  /// Takes part in everything that rank 0 runs, and writes nothing.
  ///
  /// Throws what `run` throws, except errors that only rank 0 can encounter.
  public func assist() throws {
    while let index = try ranks.gather([-1])[0].first, index >= 0 {
      let cell = plan.cells[index]
      let trainer = Trainer(
        cell, plan.recipe, cell.makeModel(plan.recipe, classes: dataset.classNames.count), on: dataset, ranks: ranks,
        shouldStop: shouldStop)
      try trainer.shareState()
      while !trainer.isDone {
        let evaluation = try trainer.train() ? try trainer.evaluate() : nil
        _ = try trainer.fingerprint()
        guard evaluation != nil else { break }
        trainer.finishEpoch()
      }
      StoragePool.shared.drain()
    }
  }
}
