import Collectives
import Datasets
import Files
import Foundation
import Limits
import Models
import Records
import Tensors
import WeightFiles

/// A plan at work: runs its cells one after the other and keeps every row of them in an output folder.
public struct Ablation {
  public let plan: AblationPlan
  public let dataset: Dataset
  /// What tells the dataset from others of its name.
  public let datasetVersion: String
  /// The classes that were selected, as a user writes them; nil for all.
  public var classes: String?
  public var weights: InitialWeights?
  /// The models of each run that are kept, in the folder `checkpoints`.
  public var kept: Set<KeptModel> = []
  /// Minutes between two saves of a run under way, 0 for a save after every step; nil leaves it to `SavePace`.
  public var saveMinutes: Double?
  /// The command that runs it, for the output folder; nil for that of this process, without a configuration.
  public var invocation: Invocation?
  /// Those that make each run together. Rank 0 calls `run`, all others `assist`.
  public var ranks: any Communicator = SingleProcess()
  /// Asked before every step; true ends the ablation with `ExperimentError.interrupted`, once what it has come to is saved.
  public var shouldStop: () -> Bool = { false }
  public var report: (TrainingEvent) -> Void = { _ in }

  /// How an ablation was asked for.
  public struct Invocation: Sendable {
    /// The program's name and its arguments.
    public var commandLine: [String]
    /// A file of options that asks for the same.
    public var configuration: String

    public init(commandLine: [String], configuration: String) {
      self.commandLine = commandLine
      self.configuration = configuration
    }
  }

  /// Reads the dataset's annotations if a variant looks there.
  ///
  /// Throws `noAnnotations` if there are none, and if an image file of the dataset is no longer there.
  public init(_ plan: AblationPlan, on dataset: Dataset) throws {
    self.plan = plan
    self.dataset = plan.cells.contains(where: \.variant.needsAnnotations) ? try dataset.annotated() : dataset
    datasetVersion = try dataset.version
  }

  /// Everything that decides the numbers of its table, as it is used.
  public var resolvedRecipe: ResolvedRecipe {
    plan.recipe.resolved(
      for: .init(name: plan.dataset, version: datasetVersion, classes: dataset.classNames),
      initialWeights: weights?.label)
  }

  /// The table that its runs belong to.
  public var table: TableKey { resolvedRecipe.table }

  /// Backbone passes over images in all cells, a training pass counted as three.
  public var totalWork: Int { plan.cells.map(work).reduce(0, +) }

  /// Throws `invalidValue` for a dataset of a single class, `unevenGroups` for a batch that the ranks cannot share, `tooLarge` if a training step of one of the cells and the images
  /// that are kept decoded would not fit into the memory of whoever runs them, and `ModelError.notFinite` for weights to start
  /// from that are not.
  public func validate(within limit: MemoryLimit = .current) throws {
    let count = dataset.classNames.count
    guard count > 1 else {
      throw ExperimentError.invalidValue(
        option: "--classes", value: classes ?? dataset.classNames.joined(),
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

  /// Runs the cells that `folder` does not hold yet, one that was interrupted first and from where it was; a cell that diverges
  /// is noted as such, and the next one begins.
  ///
  /// Throws `modelNotKept` before the first of them if models are to be kept, and one that was to be is not there.
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
      try store.record(.current(commandLine: invocation?.commandLine, ranks: ranks.count))
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
      // The next variant asks for memory of other sizes.
      StoragePool.shared.drain()
    }
    try announce(nil)
  }

  /// The cell's model as its training begins; what became of the initial weights is told of and written into `folder`.
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

  /// Where a model of a run is kept.
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
