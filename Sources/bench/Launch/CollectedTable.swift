import Experiments
import Figures
import Files
import Foundation
import Records

/// Collects the finished cells of a divided folder into one output folder, and tells which are missing.
struct CollectedTable {
  private let folder: DividedFolder

  init(_ folder: DividedFolder) { self.folder = folder }

  /// Collects the cells, prints the tables and why other cells are not in them; returns the state of all.
  func collect() throws -> DividedFolder.Census {
    let figures = FigureFile.drawn(in: folder.collected)
    let before = runIDs()
    let census = try folder.collect { try Results(of: $0).drawUp(also: figures) }
    let others = census.filter { $0.state != .finished }
    if others.count < census.count {
      print(
        "\(census.count - others.count) of \(counted(census.count, "run")) collected: \(folder.collected.relativePath)")
    } else {
      print("None of \(counted(census.count, "run")) is finished.")
    }
    let now = Set(runIDs())
    let lost = before.filter { !now.contains($0) }
    if !lost.isEmpty { warn("collected before, but no longer finished and left out: \(lost.joined(separator: ", "))") }
    for (cell, state) in others { print("  \(cell.key): \(folder.text(of: state, cell))") }
    return census
  }

  /// The runs that are collected, in order.
  private func runIDs() -> [String] {
    let rows = try? CSVTable.read(RunRow.self, from: RecordsFile.runs.url(in: folder.collected))
    return (rows ?? []).map(\.runID).unique()
  }

  /// Throws `incomplete` if more than `submitted` runs of a census are missing, with `advice` for those that can be
  /// made, and `diverged` if all diverged.
  func require(_ census: DividedFolder.Census, besides submitted: Int = 0, advice: String) throws {
    let finished = census.count { $0.state == .finished }
    guard finished + submitted == census.count else {
      throw LaunchError.incomplete(
        finished: finished, count: census.count,
        advice: folder.missing(of: census).count > submitted
          ? advice : "First fix what is reported about the others.")
    }
    guard submitted == 0 else { return }
    let runIDs = census.map(\.cell.runID)
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder.collected))
    if runs.allSatisfy({ $0.status == .diverged || !runIDs.contains($0.runID) }) {
      throw ExperimentError.diverged(runIDs: runIDs)
    }
  }
}
