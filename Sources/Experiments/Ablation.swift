import Collectives
import Datasets
import Files
import Foundation
import Limits
import Models
import Records
import Tensors
import WeightFiles

/// Runs the cells of a plan one after another and stores all their rows in an output folder.
public struct Ablation {
  public let plan: AblationPlan
  public let dataset: Dataset
  /// Distinguishes the dataset from others of the same name.
  public let datasetVersion: String
  /// The selected classes as the user wrote them; nil for all.
  public var classes: String?
  public var weights: InitialWeights?
  /// The models of each run to keep in the folder `checkpoints`.
  public var kept: Set<KeptModel> = []
  /// Minutes between saves of a run in progress: 0 saves after every step, nil leaves it to `SavePace`.
  public var saveMinutes: Double?
  /// The command to record in the output folder; nil records this process's command, without a configuration.
  public var invocation: Invocation?
  /// The ranks that compute each run together. Rank 0 calls `run`, all others `assist`.
  public var ranks: any Communicator = SingleProcess()
  /// Polled before every step; true saves the progress and ends the ablation with `ExperimentError.interrupted`.
  public var shouldStop: () -> Bool = { false }
  public var report: (TrainingEvent) -> Void = { _ in }

  /// How the ablation was requested.
  public struct Invocation: Sendable {
    /// The program's name and its arguments.
    public var commandLine: [String]
    /// An options file that requests the same ablation.
    public var configuration: String

    public init(commandLine: [String], configuration: String) {
      self.commandLine = commandLine
      self.configuration = configuration
    }
  }

  /// Reads the dataset's annotations if a variant needs them.
  ///
  /// Throws `noAnnotations` if there are none, and an error if an image file of the dataset no longer exists.
  public init(_ plan: AblationPlan, on dataset: Dataset) throws {
    self.plan = plan
    self.dataset = plan.cells.contains(where: \.variant.needsAnnotations) ? try dataset.annotated() : dataset
    datasetVersion = try dataset.version
  }

  /// All resolved values that determine the numbers of its table.
  public var resolvedRecipe: ResolvedRecipe {
    plan.recipe.resolved(
      for: .init(name: plan.dataset, version: datasetVersion, classes: dataset.classNames),
      initialWeights: weights?.label)
  }

  /// The table that its runs belong to.
  public var table: TableKey { resolvedRecipe.table }

  /// Backbone passes over images in all cells; a training pass counts as three.
  public var totalWork: Int { plan.cells.map(work).reduce(0, +) }

  /// Throws `invalidValue` if the dataset has a single class, `unevenGroups` if the ranks cannot share a batch evenly,
  /// `tooLarge` if a training step of a cell plus the cache of decoded images would not fit into `limit`, and
  /// `ModelError.notFinite` if initial weights that a cell uses are not finite.
  public func validate(within limit: MemoryLimit = .current) throws {
    let count = dataset.classNames.count
    guard count > 1 else {
      throw ExperimentError.invalidValue(
        option: classes == nil ? "a dataset of the class" : "--classes",
        value: classes ?? dataset.classNames.joined(separator: ", "),
        expected: "at least two classes to tell apart")
    }
    let groups = normalizationGroups(of: plan.recipe.batch, largest: plan.recipe.normalizationGroup).count
    guard groups % ranks.count == 0 else {
      throw ExperimentError.unevenGroups(batch: plan.recipe.batch, groups: groups, ranks: ranks.count)
    }
    for cell in plan.cells {
      try plan.recipe.requireMemory(for: cell.variant, classes: count, cachedBytes: dataset.cacheBudget, of: limit)
    }
    try weights?.requireFinite(for: plan.cells, plan.recipe, classes: count)
  }

  /// Runs the cells that `folder` does not hold yet, resuming an interrupted one first; records a cell that diverges as
  /// such and goes on with the next.
  ///
  /// Throws `modelNotKept` before the first run if a model in `kept` is missing for a run that is already past it.
  public func run(in folder: OutputFolder) throws {
    let store = folder.store
    if !kept.isEmpty {
      try requireModels(in: folder)
      let path = checkpointFolder(in: store.folder).givenPath
      try makeFolder(path, failingAs: WeightFileError.self)
      removeTemporaries(in: path)
    }
    let (table, recipe) = (table, resolvedRecipe)
    let pace = SavePace(minutes: saveMinutes)
    if !plan.cells.allSatisfy({ store.finishedRunIDs.contains(plan.runID($0)) }) {
      if let invocation { try store.record(configuration: invocation.configuration) }
      try store.record(
        .current(commandLine: invocation?.commandLine, ranks: ranks.count, commit: .current(writingTo: store.folder)))
    }
    var loadedVariants: Set<String> = []
    let underWay = plan.cells.indices.filter { plan.runID(plan.cells[$0]) == folder.state?.run.runID }
    for index in underWay + plan.cells.indices.filter({ !underWay.contains($0) }) {
      let cell = plan.cells[index]
      let id = plan.runID(cell)
      guard !store.finishedRunIDs.contains(id) else {
        report(.skipped(cell, work: work(cell)))
        continue
      }
      report(.began(cell, number: index + 1, of: plan.cells.count, work: work(cell)))
      let isFirst = loadedVariants.insert(cell.variant.name).inserted
      let model = try model(of: cell, tellingOfWeights: isFirst, in: store.folder)
      let trainer = Trainer(
        cell, plan.recipe, model, on: dataset, ranks: ranks, shouldStop: shouldStop, report: report)
      if underWay.contains(index), let state = folder.state {
        try state.restore(trainer)
        report(.resumed(cell, trainer.place, of: trainer.epochs, work: trainer.workDone))
      }
      try announce(index)
      try trainer.shareState()
      let run = CellRun(
        id: id, table: table, trainer: trainer, dataset: dataset, store: store,
        saver: StateSaver(id, trainer, recipe, store: store, folder: folder.states, pace: pace), report: report
      ) { model, epoch in
        guard kept.contains(model) else { return }
        try Checkpoint.write(
          trainer, epoch: epoch, dataset: dataset, classes: classes, to: checkpointPath(cell, model, in: store.folder))
      }
      let outcome = try run()
      report(.ended(cell, outcome))
      // The next variant needs buffers of other sizes.
      StoragePool.shared.drain()
    }
    try announce(nil)
  }

  /// The cell's model before training; if `tells`, reports how the initial weights loaded and writes that to `folder`.
  private func model(
    of cell: Cell, tellingOfWeights tells: Bool, in folder: URL
  ) throws -> any ImageClassifier {
    let model = cell.makeModel(plan.recipe, classes: dataset.classNames.count)
    guard let loaded = try weights?.load(into: model), tells else { return model }
    let file = folder.appendingPathComponent(RecordsFile.initialWeights(of: cell.variant.name))
    try writeWhole(loaded.csv, to: file)
    report(.loadedWeights(cell, loaded))
    return model
  }

  /// The path at which a model of a run is kept.
  public func checkpointPath(_ cell: Cell, _ model: KeptModel = .last, in folder: URL) -> String {
    checkpointFolder(in: folder).appendingPathComponent(cell.key + model.suffix + ".safetensors").givenPath
  }

  private func checkpointFolder(in folder: URL) -> URL {
    folder.appendingPathComponent(RecordsFile.models, isDirectory: true)
  }

  private func requireModels(in folder: OutputFolder) throws(ExperimentError) {
    let store = folder.store
    for cell in plan.cells {
      let id = plan.runID(cell)
      let isFinished = store.finishedRunIDs.contains(id) && !store.divergedRunIDs.contains(id)
      let isUnderWay = folder.state.map { $0.run.runID == id && $0.hasFinishedEpochs } ?? false
      for model in kept where isFinished || isUnderWay && model == .best {
        let path = checkpointPath(cell, model, in: store.folder)
        guard isAccessible(path, F_OK) else { throw .modelNotKept(runID: id, path: path) }
      }
    }
  }

  private func work(_ cell: Cell) -> Int {
    cell.work(
      epochs: plan.recipe.schedule(for: cell.variant).epochs, trainImages: dataset.train.count,
      testImages: dataset.test.count)
  }
}
