import Files
import Foundation

extension DividedFolder {
  /// The state of each cell, in table order.
  public typealias Census = [(cell: Division.Cell, state: CellState)]

  /// Merges the finished cells into the folder `collected`: the rows that one process would have written, and what
  /// `drawUp` derives from them there. Writes nothing if no cell is finished.
  ///
  /// The cells may be written to meanwhile, and other processes may collect at the same time: the result appears
  /// atomically and replaces an earlier one, whose other files, such as localisation.csv or hidden ones, stay.
  public func collect(drawUp: (URL) throws -> Void) throws -> Census {
    var census: Census = []
    try writeWholeFolder(collected) { staging in
      census = try takeFinishedCells(to: staging)
      guard census.contains(where: { $0.state == .finished }) else { return false }
      try requireNoOtherRuns(in: collected, than: Set(division.cells.map(\.runID)))
      try takeAlong(to: staging)
      try drawUp(staging)
      return true
    }
    return census
  }

  private func takeFinishedCells(to staging: URL) throws(RecordsError) -> Census {
    var census: Census = []
    var store: RunStore?
    for cell in division.cells {
      let (state, records) = read(cell)
      if let records {
        if store == nil {
          store = try RunStore(at: staging, of: division.recipe)
          try store?.record(configuration: division.configuration)
        }
        try store?.append(records)
        try store?.take(from: folder(of: cell), of: [records])
      }
      census.append((cell, state))
    }
    return census
  }

  /// Carries over files that others added to the folder collected before.
  private func takeAlong(to staging: URL) throws(RecordsError) {
    guard isFolder(collected.givenPath) else { return }
    var others: Set<String> = []
    for name in try ownNames(in: collected) {
      let (from, to) = (
        collected.appendingPathComponent(name).givenPath, staging.appendingPathComponent(name).givenPath
      )
      let ours = [RecordsFile.manifest.rawValue, RecordsFile.leftOut.rawValue, RecordsFile.page, RecordsFile.models]
      let isOurs = RecordsFile.isDerived(name) || RecordsFile.isInitialWeights(name) || ours.contains(name)
      guard !isOurs, !isAccessible(to, F_OK) else { continue }
      try linkTree(from, to: to, failingAs: RecordsError.self)
      others.insert(name)
    }
    // Their checksums stay those of when they were made: collecting again does not vouch for them.
    guard var manifest = try? Manifest.read(in: collected) else { return }
    manifest.files = manifest.files.filter { others.contains($0.key) }
    manifest.drawnBy = [:]
    try writeJSON(manifest, to: RecordsFile.manifest.url(in: staging))
  }
}
