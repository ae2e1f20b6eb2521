import Datasets
import Experiments
import Foundation
import Records

/// What `ablation` and `train` share: everything is checked, then the folder is opened, then the plan runs.
struct ExperimentRun {
  let command: any TrainingCommand

  /// Runs the command's plan, and draws up its results.
  func callAsFunction() throws {
    let ablation = try prepared()
    let folder = command.output.folder(dataset: ablation.plan.dataset, recipe: ablation.plan.recipe.name)
    let store = try RunStore(at: folder, key: ablation.table)
    try run(ablation, into: store)
    try Results(of: store.folder).publish()
    try tellOutcomes(of: ablation, in: store)
  }

  /// Says where the models are and which runs diverged; throws `diverged` if all of them did.
  private func tellOutcomes(of ablation: Ablation, in store: RunStore) throws {
    let cells = ablation.plan.cells
    let diverged = cells.filter { store.divergedRunIDs.contains(ablation.plan.runID($0)) }
    for cell in cells where ablation.keepsCheckpoints && !diverged.contains(where: { $0.key == cell.key }) {
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

  /// The dataset and the recipe as far as no file decides on it.
  func recipe() throws -> (dataset: CatalogueEntry, recipe: Recipe) {
    let entry = try command.dataset.entry()
    var recipe = try command.recipe.applied(for: entry)
    if let classes = command.dataset.classes { recipe.note("classes", classes) }
    if command.dataset.keepBanner { recipe.note("banner", "kept") }
    if command.dataset.exifRotate { recipe.note("exif", "rotated") }
    if let share = command.dataset.testShare { recipe.note("test-share", "\(share)") }
    if let seed = command.dataset.splitSeed { recipe.note("split-seed", "\(seed)") }
    if let heldOut = command.recipe.heldOut { recipe.note("held-out", "1/\(heldOut)") }
    return (entry, recipe)
  }

  /// The images to train and to test on, and the broken ones that were left out.
  func images() throws -> (dataset: Dataset, leftOut: [BrokenImage]) {
    let (images, leftOut) = try command.dataset.open()
    return (try command.recipe.heldOut.map(images.holdingOut) ?? images, leftOut)
  }

  /// The ablation with its weights and images, checked.
  private func prepared() throws -> Ablation {
    // All that can be said without a file comes first.
    var (entry, recipe) = try recipe()
    _ = try command.plan(entry.name, recipe)
    try command.output.threads.apply()

    let weights = try command.recipe.weights.map { value in
      try InitialWeights(command.dataset.weightsPath(value), for: recipe.backbone)
    }
    if let weights { recipe.note("weights", weights.label) }
    let (images, leftOut) = try images()
    if !leftOut.isEmpty { recipe.note("skipped", "\(leftOut.count)") }

    var ablation = try Ablation(try command.plan(entry.name, recipe), on: images)
    ablation.weights = weights
    ablation.classes = command.dataset.classes
    ablation.keepsCheckpoints = command.keepsCheckpoints
    try ablation.validate()
    return ablation
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
