import Files
import Foundation
import Records

/// Saves the state of one run while it goes on.
final class StateSaver {
  private let id: String
  private let trainer: Trainer
  private let recipe: ResolvedRecipe
  private let store: RunStore
  private let folder: StateFolder
  private let pace: SavePace
  /// The rows of the epochs that are finished.
  private var run: UnfinishedRun
  private var saved: TrainingProgress.Place?

  /// For a run of which `store` holds the rows of the epochs that `trainer` has finished, and no others.
  init(
    _ id: String, _ trainer: Trainer, _ recipe: ResolvedRecipe, store: RunStore, folder: StateFolder, pace: SavePace
  ) {
    (self.id, self.trainer, self.recipe) = (id, trainer, recipe)
    (self.store, self.folder, self.pace) = (store, folder, pace)
    run = store.unfinished(id)
    pace.begin()
  }

  /// Saves after a step, if it is time.
  func stepIsDone() throws { if pace.isDue(atEndOfEpoch: false) { try save() } }

  /// Saves once an epoch is finished and its rows are in the store, if it is time; after the last one always, so that nothing
  /// that follows can lose it.
  func epochIsFinished() throws {
    run = store.unfinished(id)
    if trainer.isDone || pace.isDue(atEndOfEpoch: true) { try save() }
  }

  /// Saves what is not saved yet; false if there is nothing to save.
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

  /// Takes the state away: the run is in runs.csv.
  func remove() { folder.remove(id) }
}
