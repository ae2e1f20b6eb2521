import ArgumentParser
import Figures
import Foundation
import Records

/// A file of medians by commit and machine, to which each measurement is added.
struct PerformanceHistoryFile {
  private let file: URL
  private let commit: (hash: String, date: String)

  /// Throws, before anything is measured, if the file has another format or is not writable, or if this program has no
  /// commit to record its numbers under.
  init(_ path: String) throws {
    file = URL(fileURLWithPath: path)
    _ = try CSVTable.readIfPresent(HistoryRow.self, from: file)
    try requireWritable(file)
    guard let commit = RunEnvironment(instructionSet: "", threads: 1, libraries: [:]).commit, let date = commit.date
    else {
      throw ValidationError("--history: this program is not in a checkout, so its times would belong to no commit.")
    }
    guard !commit.dirty else {
      throw ValidationError(
        "--history: the sources differ from commit \(commit.hash.prefix(10)), so that commit would not be what is "
          + "measured: commit first, or leave --history out.")
    }
    self.commit = (commit.hash, date)
  }

  /// Adds a measurement and draws the whole history next to the file.
  func add(_ rows: [PerformanceRow]) throws {
    let now = Date().formatted(.iso8601)
    let added = HistoryRow.rows(of: rows, commit: commit.hash, commitDate: commit.date, measured: now)
    // Another measurement may have been added meanwhile.
    let all = try CSVTable.update(file) { $0 + added }
    print("History: \(file.relativePath), \(counted(all.map(\.measured).unique().count, "measurement"))")
    do throws(FiguresError) {
      let chart = try PerformanceHistory(of: all).render(to: file.deletingLastPathComponent())
      print("Chart: \(chart.svg.relativePath)")
    } catch { warn("\(error)") }
  }
}
