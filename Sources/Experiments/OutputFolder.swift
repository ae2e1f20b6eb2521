import Files
import Foundation
import Records

/// An output folder opened for an ablation, with the interrupted run found in it, if any.
public struct OutputFolder {
  public let store: RunStore
  /// Sentences that tell the user which remains of an earlier command are unusable.
  public let notes: [String]
  let states: StateFolder
  /// The state of the run to resume.
  let state: TrainingState?

  /// Opens or creates `folder`; throws `RecordsError`, such as `changedSince` if finished rows are not as they were left,
  /// and `foreignState` or `otherRunUnderWay` for a state that this ablation cannot resume. Leaves what it refuses
  /// unchanged.
  public init(_ folder: URL, for ablation: Ablation) throws {
    try DividedFolder.requireNotCollected(folder)
    // The new manifest would vouch for them. A manifest that cannot be read is made again.
    if let change = (try? Manifest.changes(in: folder))?.first {
      throw RecordsError.changedSince(path: folder.path, finding: "\(change)")
    }
    store = try RunStore(opening: folder, key: ablation.table)
    let recipe = ablation.resolvedRecipe
    try store.record(recipe)
    states = StateFolder(of: folder)
    removeTemporaries(in: states.path)

    var notes: [String] = []
    var state: TrainingState?
    for id in states.runIDs where !store.finishedRunIDs.contains(id) {
      do {
        let found = try TrainingState(reading: states.file(id), of: recipe)
        guard ablation.plan.cells.contains(where: { ablation.plan.runID($0) == id }), found.run.runID == id else {
          throw ExperimentError.otherRunUnderWay(runID: id, path: states.file(id))
        }
        state = state ?? found
      } catch let error as ExperimentError {
        guard case .damagedState = error else { throw error }
        notes.append("\(error)")
      }
    }
    if try !store.begin(with: state?.run), let lost = state {
      notes.append("The rows of the run \(lost.run.runID) have changed since its last save: it starts over.")
      state = nil
    }
    if let leftovers = store.leftovers { notes.append("\(leftovers)") }
    for id in states.runIDs where id != state?.run.runID { states.remove(id) }
    removeEmptyFolder(states.path)
    self.state = state
    self.notes = notes
  }
}
