import Files
import Foundation
import Records
import Regression

/// A stored folder that this program is compared with.
struct Baseline {
  let folder: URL
  let tolerance: Tolerance
  /// Whether the judged run replaces the baseline.
  let isRenewed: Bool

  /// Judges an output folder; an incomplete record never becomes a baseline.
  func judge(_ run: URL) throws -> GateReport {
    var report: GateReport
    switch Result(catching: { () throws(NotComparable) in try RecordedRuns(reading: run) }) {
    case .failure(let obstacle): report = GateReport(obstacle: obstacle)
    case .success(let now):
      report = compared(to: now)
      if isRenewed {
        try Report.publish(run, to: folder) { try Results(of: $0).writeAll() }
        report.isBaseline = true
        report.notes.append("\(folder.relativePath) now holds this run.")
      }
    }
    if !isRenewed, report.verdict == .improvement || report.obstacle?.mayBeMeant == true {
      report.notes.append("If this is intended, renew the baseline with --update.")
    }
    report.title = "\(run.relativePath) against \(folder.relativePath)"
    return report
  }

  /// Runs the baseline's commands again, into `kept` or a temporary folder, and judges the result.
  func judgeFreshRun(data: String?, keptIn kept: String?) throws -> GateReport {
    let commands = try FreshRuns.commands(of: folder, data: data)
    if isRenewed { try Report.requireReplaceable(folder) }
    return try FreshRuns.folder(keptAs: kept) { run in
      try FreshRuns().run(commands, into: run)
      var report = try judge(run)
      // The same from run to run, for those who follow the suite: the folder is a new one each time.
      report.title = "this program against \(folder.relativePath)"
      return report
    }
  }

  private func compared(to now: RecordedRuns) -> GateReport {
    // Any run can be the first baseline.
    if isRenewed, !isAccessible(folder.givenPath, F_OK) { return GateReport() }
    do throws(NotComparable) {
      return try Gate(baseline: RecordedRuns(reading: folder), now: now, tolerance).report()
    } catch {
      return GateReport(obstacle: error)
    }
  }
}
