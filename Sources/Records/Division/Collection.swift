import Files
import Foundation

extension DividedFolder {
  /// How far each cell is, in the order of the table.
  public typealias Census = [(cell: Division.Cell, state: CellState)]

  /// Merges the finished cells into the folder `collected`: the rows that one process would have written, and what `drawUp`
  /// makes of them there. Without a finished cell nothing is written.
  ///
  /// The cells may be written to meanwhile, and others may collect at the same time: what is collected appears whole, in
  /// place of what was collected before. Files beside the runs' own, such as localisation.csv, are taken along, hidden ones too.
  public func collect(drawUp: (URL) throws -> Void) throws -> Census {
    var census: Census = []
    try writeWholeFolder(collected) { staging in
      census = try takeFinishedCells(to: staging)
      guard census.contains(where: { $0.state == .finished }) else { return false }
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

  /// What others have put into the folder that was collected before.
  private func takeAlong(to staging: URL) throws(RecordsError) {
    guard isFolder(collected.givenPath) else { return }
    for name in try ownNames(in: collected) {
      let (from, to) = (
        collected.appendingPathComponent(name).givenPath, staging.appendingPathComponent(name).givenPath
      )
      let ours = [RecordsFile.manifest.rawValue, RecordsFile.leftOut.rawValue, RecordsFile.page, RecordsFile.models]
      let isOurs = RecordsFile.isDerived(name) || RecordsFile.isInitialWeights(name) || ours.contains(name)
      if !isOurs, !isAccessible(to, F_OK) { try linkTree(from, to: to, failingAs: RecordsError.self) }
    }
  }
}
