import CKernels
import Datasets
import Experiments
import Files
import Foundation
import Limits
import Records

/// What `ablation` and `train` share: checking everything, then opening the folder, then running the plan.
struct ExperimentRun {
  let command: any TrainingCommand

  /// Runs the command's plan and writes its results.
  func callAsFunction() throws {
    let arguments = try ConfiguredArguments.ofProcess.get().arguments
    if command.setup.printConfig || command.setup.dryRun {
      guard Ranks.all.rank == 0 else { return }
      if command.setup.dryRun { return try showPlan() }
      return print(try ResolvedConfig(of: arguments).text, terminator: "")
    }
    do { try runAndPublish(arguments) } catch RecordsError.unreadable(let file, let reason) {
      // This error is of a file of the output folder: everything else is read by other means.
      throw RecordsError.outputUnreadable(path: file, reason: reason)
    }
  }

  private func runAndPublish(_ arguments: [String]) throws {
    let ranks = Ranks.all
    var (ablation, leftOut) = try Ranks.together(validated)
    if ranks.count > 1 {
      let setup = try Ranks.together { try RankSetup(of: ablation, host: Ranks.host) }
      try Ranks.together { try setup.requireAgreement(on: ranks) }
    }
    guard ranks.rank == 0 else {
      try Ranks.together {}
      let signals = StopSignals(Ranks.stopSignals)
      ablation.shouldStop = { signals.isStopWanted }
      return try Ranks.untilTheEnd { try ablation.assist() }
    }
    ablation.invocation = try Ablation.Invocation(
      commandLine: ["bench"] + arguments, configuration: ResolvedConfig(of: arguments).text)
    let (folder, tensorBoard, page) = try Ranks.together { try open(ablation, leftOut) }
    let store = folder.store
    let observers: [(any RunObserver)?] = [tensorBoard, page]
    try Ranks.untilTheEnd { try run(ablation, in: folder, observers: observers.compactMap(\.self)) }
    let failure = Results(of: store.folder).publish()
    // The runs are saved and reported, but a table that could not be written is still an error.
    try eachOf([
      { try tellOutcomes(of: ablation, in: store) },
      { if let failure { throw failure } },
      { try tensorBoard?.finish() },
    ]) { try $0() }
  }

  /// Checks everything that can be wrong before there is a folder.
  private func validated() throws -> (Ablation, leftOut: [BrokenImage]) {
    _ = try command.output.serving.checked()
    if let directory = command.output.tensorboard { _ = try outputFolder(directory, option: "--tensorboard") }
    let (ablation, leftOut) = try prepared()
    try ablation.validate(within: Ranks.memoryLimit)
    return (ablation, leftOut)
  }

  /// Opens the output folder and the observers of its runs.
  private func open(
    _ ablation: Ablation, _ leftOut: [BrokenImage]
  ) throws -> (OutputFolder, TensorBoardObserver?, PageProcess?) {
    let url = try command.output.folder(dataset: ablation.plan.dataset, recipe: ablation.plan.recipe.name)
    let folder = try OutputFolder(url, for: ablation)
    for note in folder.notes { complain(note) }
    let store = folder.store
    let tensorBoard = try command.output.tensorboard.map {
      try TensorBoardObserver(of: store.folder, in: $0, runs: ablation.plan.cells.map(ablation.plan.runID))
    }
    try LeftOutRow.write(leftOut.map { LeftOutRow(image: $0.path, reason: $0.reason) }, to: store.folder)
    let page = try command.output.serving.checked().map {
      try PageProcess(of: store.folder, at: $0.address, port: $0.port)
    }
    return (folder, tensorBoard, page)
  }

  /// Prints where the models are and which runs diverged; throws `diverged` if all did.
  private func tellOutcomes(of ablation: Ablation, in store: RunStore) throws {
    let cells = ablation.plan.cells
    let diverged = cells.filter { store.divergedRunIDs.contains(ablation.plan.runID($0)) }
    for cell in cells where !diverged.contains(where: { $0.key == cell.key }) {
      for model in KeptModel.allCases where ablation.kept.contains(model) {
        print("Checkpoint: \(ablation.checkpointPath(cell, model, in: store.folder))")
      }
    }
    let names = diverged.map(ablation.plan.runID)
    if diverged.count == cells.count { throw ExperimentError.diverged(runIDs: names) }
    if !diverged.isEmpty {
      warn(
        "\(diverged.count) of \(cells.count) runs diverged and have no accuracy and no last-epoch model: "
          + "\(names.joined(separator: ", "))")
    }
  }

  /// Returns the dataset and the recipe, as far as they do not depend on files.
  func recipe() throws -> (dataset: CatalogueEntry, recipe: Recipe) {
    let entry = try command.dataset.entry()
    var recipe = try command.recipe.applied(for: entry)
    if let classes = command.dataset.classes { recipe.note("classes", try ClassSelection(classes).text) }
    recipe.note(command.dataset.reading)
    if let heldOut = command.recipe.heldOut { recipe.note("held-out", "1/\(heldOut)") }
    if let weights = command.recipe.weights {
      recipe.startsPretrained = false
      if weights == RecipeOptions.noWeights { recipe.note("weights", weights) }
    }
    return (entry, recipe)
  }

  /// Returns the initial weights: of --weights, or the embedded backbone if the recipe says so; nil for random ones.
  func initialWeights(for recipe: Recipe) throws -> InitialWeights? {
    guard let value = command.recipe.weights else { return recipe.startsPretrained ? try .embedded() : nil }
    guard value != RecipeOptions.noWeights else { return nil }
    return try InitialWeights(command.dataset.weightsPath(value), for: recipe.backbone)
  }

  /// Returns the images to train and test on, and the broken ones that were left out.
  func images() throws -> (dataset: Dataset, leftOut: [BrokenImage]) {
    let (images, leftOut) = try command.dataset.open()
    return (try command.recipe.heldOut.map(images.holdingOut) ?? images, leftOut)
  }

  /// Returns the ablation with its verified weights and images, and the images that were left out.
  ///
  /// Starts the engine's threads, unless the runs are made elsewhere.
  func prepared(runsElsewhere: Bool = false) throws -> (Ablation, leftOut: [BrokenImage]) {
    // Checks that need no file come first.
    var (entry, recipe) = try recipe()
    _ = try command.plan(entry.name, recipe)
    let saveMinutes = try command.output.checkedSaveMinutes()
    try runsElsewhere ? command.output.threads.check() : command.output.threads.apply()

    // The other ranks receive them from rank 0.
    let weights = Ranks.all.rank == 0 ? try initialWeights(for: recipe) : nil
    if let weights, command.recipe.weights != nil { recipe.note("weights", weights.label) }
    let (images, leftOut) = try images()
    if !leftOut.isEmpty { recipe.note("skipped", "\(leftOut.count)") }

    var ablation = try Ablation(try command.plan(entry.name, recipe), on: images)
    ablation.weights = weights
    ablation.classes = command.dataset.classes
    ablation.kept = command.kept
    ablation.saveMinutes = saveMinutes
    ablation.ranks = Ranks.all
    for warning in ablation.plan.warnings { warn("\(warning)") }
    if Ranks.all.rank == 0, weights == nil { try warnOfDrawnWeights(recipe.backbone.name) }
    return (ablation, leftOut)
  }

  /// Warns if all weights are random unasked although pretrained ones exist: the released code has no such training.
  private func warnOfDrawnWeights(_ backbone: String) throws {
    guard command.recipe.weights == nil,
      try command.dataset.store.store().lock.weights.contains(where: { $0.name == backbone })
    else { return }
    warn(
      "all weights start random, but the released code starts from ImageNet weights: use --weights \(backbone) for "
        + "those, or --weights \(RecipeOptions.noWeights) if random weights are intended.")
  }

  private func run(_ ablation: Ablation, in folder: OutputFolder, observers: [any RunObserver]) throws {
    var ablation = ablation
    let store = folder.store
    let path = store.folder.relativePath
    let goingOn = "To resume, repeat the command with --out \(shellQuoted(path))."
    s3n_set_last_words(
      "Finished work is kept. To resume from the last save, raise the limit (ulimit -v, ulimit -d) or choose a smaller "
        + "--cache-images, and repeat the command with --out \(shellQuoted(path)). A smaller --bn-batch or --size is "
        + "another recipe, for another --out.")
    let signals = StopSignals(Ranks.stopSignals)
    let progress = Progress(totalWork: ablation.totalWork)
    ablation.shouldStop = { signals.isStopWanted }
    let observers: [any RunObserver] = [ChartsMeanwhile(of: store.folder)] + observers
    ablation.report = { event in
      progress.show(event)
      for observer in observers { observer.show(event, progress) }
    }
    complain(
      "\(ablation.plan.dataset): \(counted(ablation.dataset.train.count, "image")) for training, "
        + "\(ablation.dataset.test.count) for testing, \(ablation.dataset.classNames.count) classes; "
        + "recipe \(ablation.plan.recipe.name), \(counted(ablation.plan.cells.count, "run")) into \(path)"
    )
    do { try ablation.run(in: folder) } catch {
      progress.clear()
      let done = ablation.plan.cells.count { store.finishedRunIDs.contains(ablation.plan.runID($0)) }
      complain("\(done) of \(counted(ablation.plan.cells.count, "run")) finished and kept in \(path). \(goingOn)")
      throw error
    }
    progress.clear()
  }
}
