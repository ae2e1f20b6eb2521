import Files
import Foundation

/// What a folder of several output folders' runs takes over of each.
extension RunStore {
  /// Appends runs as they lie in another folder.
  func append(_ records: RunRecords) throws(RecordsError) {
    try append(records.epochs)
    try append(records.fingerprints)
    try append(records.memory)
    try append(records.sampling)
    try append(records.stages)
    try append(records.predictions)
    try append(records.runs)
  }

  /// Takes over what else the output folder `source` says: its commands, what became of initial weights, images left out, and
  /// models; files that are here already stay.
  func take(from source: URL) throws(RecordsError) {
    for record in try EnvironmentFile.read(from: RecordsFile.environment.url(in: source)).commands {
      try self.record(record)
    }
    for name in try visibleNames(in: source)
    where RecordsFile.isInitialWeights(name) || name == RecordsFile.leftOut.rawValue {
      try takeFile(name, from: source)
    }
    let models = source.appendingPathComponent(RecordsFile.models)
    for name in folderEntries(models.givenPath) ?? [] {
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
