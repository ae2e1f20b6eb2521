import Files
import Foundation
import Records

/// Saves the state of one run in progress.
final class StateSaver {
  private let id: String
  private let trainer: Trainer
  private let recipe: ResolvedRecipe
  private let store: RunStore
  private let folder: StateFolder
  private let pace: SavePace
  /// The rows of the finished epochs.
  private var run: UnfinishedRun
  private var saved: TrainingProgress.Place?

  /// `store` must hold the rows of the epochs that `trainer` has finished, and no others of the run.
  init(
    _ id: String, _ trainer: Trainer, _ recipe: ResolvedRecipe, store: RunStore, folder: StateFolder, pace: SavePace
  ) {
    (self.id, self.trainer, self.recipe) = (id, trainer, recipe)
    (self.store, self.folder, self.pace) = (store, folder, pace)
    run = store.unfinished(id)
    pace.begin()
  }

  /// Saves after a step if due.
  func stepIsDone() throws { if pace.isDue(atEndOfEpoch: false) { try save() } }

  /// Saves, if due, after an epoch whose rows are in the store; always after the last one, so that nothing later can
  /// lose it.
  func epochIsFinished() throws {
    run = store.unfinished(id)
    if trainer.isDone || pace.isDue(atEndOfEpoch: true) { try save() }
  }

  /// Saves unless already saved; false if there is nothing to save: before the first step or after divergence.
  @discardableResult
  func save() throws -> Bool {
    guard trainer.place != .init(), !trainer.hasDiverged else { return false }
    guard saved != trainer.place else { return true }
    try pace.save {
      if !isFolder(folder.path) { try makeFolder(folder.path, failingAs: RecordsError.self) }
      try TrainingState.write(trainer, run, recipe, to: folder.file(id))
    }
    saved = trainer.place
    return true
  }

  /// Removes the state, since the run is in runs.csv.
  func remove() { folder.remove(id) }
}
