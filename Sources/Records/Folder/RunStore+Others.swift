import Files
import Foundation

/// Copying runs from other output folders into one.
extension RunStore {
  /// Creates `folder` for runs of `recipe` from other folders.
  convenience init(at folder: URL, of recipe: ResolvedRecipe) throws(RecordsError) {
    try self.init(at: folder, key: recipe.table)
    try record(recipe)
  }

  /// Appends runs read from another folder.
  func append(_ records: RunRecords) throws(RecordsError) {
    try append(records.epochs)
    try append(records.fingerprints)
    try append(records.memory)
    try append(records.sampling)
    try append(records.stages)
    try append(records.predictions)
    try append(records.runs)
  }

  /// Copies the other files of some runs from the output folder `source`: its commands, the lists of loaded initial
  /// weights and of left-out images, and the runs' models; existing files are kept.
  func take(from source: URL, of runs: [RunRecords]) throws(RecordsError) {
    let weights = Set(runs.flatMap { $0.runs.map { RecordsFile.initialWeights(of: $0.variant) } })
    let models = runs.flatMap { run in run.runIDs.map(run.recipe.modelName) }
    for record in try EnvironmentFile.read(from: RecordsFile.environment.url(in: source)).commands {
      try self.record(record)
    }
    for name in try visibleNames(in: source)
    where weights.contains(name) || name == RecordsFile.leftOut.rawValue {
      try takeFile(name, from: source)
    }
    let folder = source.appendingPathComponent(RecordsFile.models)
    for name in folderEntries(folder.givenPath) ?? []
    where models.contains(where: { name.hasPrefix($0 + ".") || name.hasPrefix($0 + "-") }) {
      try takeFile("\(RecordsFile.models)/\(name)", from: source)
    }
  }

  private func takeFile(_ name: String, from source: URL) throws(RecordsError) {
    let target = folder.appendingPathComponent(name)
    guard !isAccessible(target.givenPath, F_OK) else { return }
    try makeFolder(target.deletingLastPathComponent().givenPath, failingAs: RecordsError.self)
    try linkTree(source.appendingPathComponent(name).givenPath, to: target.givenPath, failingAs: RecordsError.self)
  }
}
