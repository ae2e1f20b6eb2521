import Files
import Foundation
import Records

/// An output folder that is open for an ablation, with the run that was interrupted in it, if one was.
public struct OutputFolder {
  public let store: RunStore
  /// What of an earlier command is of no use, in sentences for the user.
  public let notes: [String]
  let states: StateFolder
  /// The run that is gone on with.
  let state: TrainingState?

  /// Opens `folder`, or creates it; throws `RecordsError`, and `foreignState` and `otherRunUnderWay` for a state that this
  /// ablation cannot go on from. What it refuses is left as it is.
  public init(_ folder: URL, for ablation: Ablation) throws {
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
      notes.append("The rows of the run \(lost.run.runID) are not as it left them: it begins anew.")
      state = nil
    }
    if let leftovers = store.leftovers { notes.append("\(leftovers)") }
    for id in states.runIDs where id != state?.run.runID { states.remove(id) }
    removeEmptyFolder(states.path)
    self.state = state
    self.notes = notes
  }
}
