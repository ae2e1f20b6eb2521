import Files
import Foundation
import Records
import Regression

/// This program and that of another commit, given the same work on this machine.
struct Contest {
  let other: OtherCommit
  /// A command that trains, without --out.
  let work: RecordedCommand
  let tolerance: Tolerance

  private var title: String {
    "this program against \(other.hash.prefix(10)): bench \(work.arguments.joined(separator: " "))"
  }

  /// Runs both in alternation and compares their times and memory.
  func times(rounds: Int) throws -> GateReport {
    let build = RunEnvironment.currentBuild
    if tolerance.latency == .gate, build != "release" { throw NotComparable.otherBuild(build) }
    let programs = [Alternation.Turn.baseline: try other.program(), .now: FreshRuns().program]
    return try withTemporaryFolder { folder in
      var runs: [Alternation.Turn: [RecordedRuns]] = [:]
      let turns = Alternation.turns(rounds: rounds)
      let count = WorkCount("Runs of both programs")
      for (number, turn) in turns.enumerated() {
        count.show(number, of: turns.count)
        let own = folder.appendingPathComponent("\(number)", isDirectory: true)
        let log = folder.appendingPathComponent("\(number).log").givenPath
        do { try FreshRuns(program: programs[turn] ?? "").run([work], into: own, output: .file(log)) } catch {
          complain(readText(log) ?? "")
          throw error
        }
        runs[turn, default: []].append(try RecordedRuns(reading: own))
      }
      var report = try Gate(baseline: runs[.baseline] ?? [], now: runs[.now] ?? [], tolerance).report()
      report.title = title
      return report
    }
  }

  /// Runs both once under a program that counts instructions.
  func instructions() throws -> GateReport {
    let counter = try InstructionCounter.available()
    let baseline = try counter.count(other.program(), work)
    let now = try counter.count(FreshRuns().program, work)
    var report = GateReport()
    report.title = title
    report.checks = [InstructionCount.check("the whole command", baseline: baseline, now: now, tolerance)]
    report.notes = ["Counted by \(counter.name), on one thread."]
    return report
  }
}
