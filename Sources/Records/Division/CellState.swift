import Files
import Foundation

/// The progress of a cell's run.
public enum CellState: Equatable, Sendable {
  case finished
  case notBegun
  /// In progress, after this many epochs.
  case underWay(epochs: Int)
  /// The cell's results cannot share a table with the others, for this reason.
  case leftOut(reason: String)
}

extension DividedFolder {
  /// Reads the state from the output folder of a cell, which may be written to meanwhile.
  public func state(of cell: Division.Cell) -> CellState { read(cell).state }

  /// The state of a cell, and its rows if it is finished.
  func read(_ cell: Division.Cell) -> (state: CellState, records: RunRecords?) {
    do throws(RecordsError) {
      if let unfinished = try unfinishedState(of: cell) { return (unfinished, nil) }
      let folder = folder(of: cell)
      let records = try RunRecords(reading: folder)
      guard records.runIDs == [cell.runID] else {
        return (.leftOut(reason: "it holds \(records.runIDs.joined(separator: ", ")), not \(cell.runID)"), nil)
      }
      if let finding = (records.findings + (try Manifest.changes(in: folder))).first {
        return (.leftOut(reason: "\(finding)"), nil)
      }
      return (.finished, records)
    } catch {
      return (.leftOut(reason: "\(error)"), nil)
    }
  }

  /// Returns nil for a cell of this ablation whose run is in runs.csv.
  private func unfinishedState(of cell: Division.Cell) throws(RecordsError) -> CellState? {
    let folder = folder(of: cell)
    func isThere(_ file: RecordsFile) -> Bool { isAccessible(file.url(in: folder).givenPath, F_OK) }
    // In the order in which a run writes them.
    guard isThere(.runs) else {
      let others = RunStore.foreign(folderEntries(folder.givenPath) ?? [], in: folder.givenPath)
      return others.isEmpty ? .notBegun : .leftOut(reason: "it holds \(others[0]) and no runs.csv")
    }
    guard isThere(.recipe) else { return .underWay(epochs: 0) }
    let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    if let difference = division.recipe.differences(to: recipe).first {
      return .leftOut(
        reason: "its \(difference.key) is '\(difference.others)', but '\(difference.mine)' in the others")
    }
    guard isThere(.environment) else { return .underWay(epochs: 0) }
    let commands = try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands
    if let other = commands.first(where: { $0.commit != division.commit }) {
      let (its, ours) = (RunEnvironment.Commit.text(other.commit), RunEnvironment.Commit.text(division.commit))
      return .leftOut(reason: "it was made by \(its), but the others by \(ours)")
    }
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    return runs.isEmpty ? .underWay(epochs: epochs(in: folder)) : nil
  }

  /// The number of rows of fingerprints.csv, which has one per epoch.
  private func epochs(in folder: URL) -> Int {
    let data = (try? readWhole(RecordsFile.fingerprints.url(in: folder).givenPath)) ?? Data()
    return max(0, data.count { $0 == UInt8(ascii: "\n") } - 1)
  }
}
