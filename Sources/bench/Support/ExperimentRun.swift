import Datasets
import Experiments
import Foundation
import Records

/// What `ablation` and `train` share: everything is checked, then the folder is opened, then the plan runs.
struct ExperimentRun {
  let dataset: DatasetOptions
  let recipe: RecipeOptions
  let output: RunOptions
  let keepsCheckpoints: Bool

  /// Runs the plan that `plan` makes of the dataset's name and the recipe, and draws up its results.
  func callAsFunction(_ plan: (String, Recipe) throws -> AblationPlan) throws {
    // All that can be said without a file comes first.
    let entry = try dataset.entry()
    var applied = try recipe.applied(for: entry)
    if let classes = dataset.classes { applied.note("classes", classes) }
    if dataset.keepBanner { applied.note("banner", "kept") }
    _ = try plan(entry.name, applied)
    try output.threads.apply()

    let weights = try recipe.weights.map { value in
      try InitialWeights(dataset.weightsPath(value), for: applied.backbone)
    }
    if let weights { applied.note("weights", weights.label) }
    var (images, skipped) = try dataset.open()
    if let heldOut = recipe.heldOut {
      images = try images.holdingOut(oneIn: heldOut)
      applied.note("held-out", "1/\(heldOut)")
    }
    if skipped > 0 { applied.note("skipped", "\(skipped)") }

    var ablation = try Ablation(plan(entry.name, applied), on: images)
    ablation.weights = weights
    ablation.classes = dataset.classes
    ablation.keepsCheckpoints = keepsCheckpoints
    try ablation.validate()
    let folder = output.folder(dataset: entry.name, recipe: applied.name)
    let store = try RunStore(at: folder, key: ablation.table)
    try run(ablation, into: store)
    try Results(folder: store.folder).publish()
    try tellOutcomes(of: ablation, in: store)
  }

  /// Says where the models are and which runs diverged; throws `diverged` if all of them did.
  private func tellOutcomes(of ablation: Ablation, in store: RunStore) throws {
    let cells = ablation.plan.cells
    let diverged = cells.filter { store.divergedRunIDs.contains(ablation.plan.runID($0)) }
    for cell in cells where keepsCheckpoints && !diverged.contains(where: { $0.key == cell.key }) {
      print("Checkpoint: \(ablation.checkpointPath(cell, in: store.folder))")
    }
    let names = diverged.map(ablation.plan.runID)
    if diverged.count == cells.count { throw ExperimentError.diverged(runIDs: names) }
    if !diverged.isEmpty {
      complain(
        "Warning: \(diverged.count) of \(cells.count) runs diverged and have no accuracy and no model: "
          + "\(names.joined(separator: ", "))")
    }
  }

  private func run(_ ablation: Ablation, into store: RunStore) throws {
    var ablation = ablation
    let signals = StopSignals()
    let progress = Progress(totalWork: ablation.totalWork)
    ablation.shouldStop = { signals.isStopWanted }
    ablation.report = progress.show
    complain(
      "\(ablation.plan.dataset): \(ablation.dataset.train.count) images to train on, "
        + "\(ablation.dataset.test.count) to test on, \(ablation.dataset.classNames.count) classes; "
        + "recipe \(ablation.plan.recipe.name), \(ablation.plan.cells.count) runs into \(store.folder.relativePath)")
    do { try ablation.run(into: store) } catch {
      progress.clear()
      if case ExperimentError.interrupted = error {
        let done = ablation.plan.cells.count { store.finishedRunIDs.contains(ablation.plan.runID($0)) }
        complain(
          "\(done) of \(ablation.plan.cells.count) runs are finished and kept in \(store.folder.relativePath). "
            + "The same command with --out \(store.folder.relativePath) goes on after them.")
      }
      throw error
    }
    progress.clear()
  }
}
