import Datasets
import Files
import Foundation
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
  /// Whether the model of each finished run is kept, in the folder `checkpoints`.
  public var keepsCheckpoints = false
  /// Asked before every step; true ends the ablation with `ExperimentError.interrupted`.
  public var shouldStop: () -> Bool = { false }
  public var report: (TrainingEvent) -> Void = { _ in }

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

  /// Throws `invalidValue` for a dataset of a single class, `tooLarge` if a training step of one of the cells and the images
  /// that are kept decoded would not fit into memory, and `ModelError.notFinite` for weights to start from that are not.
  public func validate() throws {
    let count = dataset.classNames.count
    guard count > 1 else {
      throw ExperimentError.invalidValue(
        option: "--classes", value: classes ?? dataset.classNames.joined(),
        expected: "at least two classes to tell apart")
    }
    for cell in plan.cells {
      try plan.recipe.requireMemory(for: cell.variant, classes: count, cachedBytes: dataset.cacheBudget)
    }
    try weights?.requireFinite(for: plan.cells, plan.recipe, classes: count)
  }

  /// Runs the cells that `store` does not hold yet; a cell that diverges is noted as such, and the next one begins.
  ///
  /// Throws `modelNotKept` before the first of them if models are to be kept, and that of a finished cell is not there.
  public func run(into store: RunStore) throws {
    if keepsCheckpoints {
      try requireModels(in: store)
      try makeFolder(checkpointFolder(in: store.folder).givenPath, failingAs: WeightFileError.self)
    }
    let table = table
    try store.record(resolvedRecipe)
    if !plan.cells.allSatisfy({ store.finishedRunIDs.contains(plan.runID($0)) }) { try store.record(.current()) }
    var loadedVariants: Set<String> = []
    for (index, cell) in plan.cells.enumerated() {
      let id = plan.runID(cell)
      guard !store.finishedRunIDs.contains(id) else {
        report(.skipped(cell, work: work(cell)))
        continue
      }
      report(.began(cell, number: index + 1, of: plan.cells.count, work: work(cell)))
      let model = cell.makeModel(plan.recipe, classes: dataset.classNames.count)
      if let weights {
        let loaded = try weights.load(into: model)
        if loadedVariants.insert(cell.variant.name).inserted {
          let file = store.folder.appendingPathComponent(RecordsFile.initialWeights(of: cell.variant.name))
          try writeWhole(loaded.csv, to: file)
          report(.loadedWeights(cell, loaded))
        }
      }
      let trainer = Trainer(cell, plan.recipe, model, on: dataset, shouldStop: shouldStop, report: report)
      let run = CellRun(
        id: id, table: table, trainer: trainer, dataset: dataset, store: store, report: report)
      let outcome = try run { epoch in
        guard keepsCheckpoints else { return }
        try Checkpoint.write(
          trainer, epoch: epoch, dataset: dataset, classes: classes, to: checkpointPath(cell, in: store.folder))
      }
      report(.ended(cell, outcome))
      // The next variant asks for memory of other sizes.
      StoragePool.shared.drain()
    }
  }

  /// Where the model of a run is kept.
  public func checkpointPath(_ cell: Cell, in folder: URL) -> String {
    checkpointFolder(in: folder).appendingPathComponent(cell.key + ".safetensors").givenPath
  }

  private func checkpointFolder(in folder: URL) -> URL {
    folder.appendingPathComponent("checkpoints", isDirectory: true)
  }

  private func requireModels(in store: RunStore) throws(ExperimentError) {
    for cell in plan.cells {
      let id = plan.runID(cell)
      guard store.finishedRunIDs.contains(id), !store.divergedRunIDs.contains(id) else { continue }
      let path = checkpointPath(cell, in: store.folder)
      guard isAccessible(path, F_OK) else { throw .modelNotKept(runID: id, path: path) }
    }
  }

  private func work(_ cell: Cell) -> Int {
    cell.work(
      epochs: plan.recipe.schedule(for: cell.variant).epochs, trainImages: dataset.train.count,
      testImages: dataset.test.count)
  }
}
