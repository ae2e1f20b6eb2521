import Files
import Foundation
import Records

/// Slurm's command-line programs.
enum Slurm {
  /// Throws `noSlurm` if the programs are missing.
  static func require() throws(LaunchError) {
    for program in ["sbatch", "squeue"] where output(of: [program, "--version"]) == nil {
      throw .noSlurm(program: program)
    }
  }

  static func jobName(of division: Division) -> String { "bench-\(division.id)" }

  /// The tasks in Slurm's notation, such as "0-2,5%4".
  static func array(_ tasks: [Int], atOnce: Int?) -> String {
    var ranges: [ClosedRange<Int>] = []
    for task in tasks.sorted() {
      if let last = ranges.last, last.upperBound + 1 == task {
        ranges[ranges.count - 1] = last.lowerBound...task
      } else {
        ranges.append(task...task)
      }
    }
    let text = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    return text.joined(separator: ",") + (atOnce.map { "%\($0)" } ?? "")
  }

  /// Submits the script of `folder` for those `cells` that are not queued, and prints what it did.
  ///
  /// Throws `slurmFailed` if Slurm does not answer or refuses.
  static func submit(_ cells: [Division.Cell], of folder: DividedFolder) throws(LaunchError) {
    let queued = try queuedTasks(of: folder.division)
    let keys = Set(cells.map(\.key))
    let tasks = folder.division.cells.indices.filter { keys.contains(folder.division.cells[$0].key) }
    let wanted = tasks.filter { !queued.contains($0) }
    let path = folder.url.relativePath
    if tasks.count > wanted.count { print("\(counted(tasks.count - wanted.count, "run")) queued or running already") }
    let collect = "bench collect \(shellQuoted(path))"
    guard !wanted.isEmpty else { return print("Nothing to submit: \(collect) shows the progress of all runs.") }
    let script = readText(folder.script.givenPath) ?? ""
    let atOnce = script.firstMatch(of: /#SBATCH --array=\S+%(\d+)/).flatMap { Int($0.1) }
    let job = try ask("sbatch", "--parsable", "--array=\(array(wanted, atOnce: atOnce))", folder.script.givenPath)
    print(
      "Submitted job \(job.prefix { $0 != ";" }): \(counted(wanted.count, "run")) into \(path), logs in \(path)/logs.\n"
        + "\(collect) combines the finished runs into one folder; with --resubmit it submits missing ones.")
  }

  /// The answer of one of Slurm's programs, which a busy controller may delay.
  private static func ask(_ program: String, _ arguments: String...) throws(LaunchError) -> String {
    switch outcome(of: [program] + arguments, seconds: patience, errors: STDERR_FILENO) {
    case .done(let answer): return answer
    case .failed: throw .slurmFailed(program: program)
    case .late: throw .slurmLate(program: program, seconds: Int(patience))
    }
  }

  /// Seconds until Slurm should have answered.
  private static let patience = 60.0

  /// Returns the tasks of an ablation that are pending or running.
  private static func queuedTasks(of division: Division) throws(LaunchError) -> Set<Int> {
    let lines = try ask("squeue", "--noheader", "--array", "--name=\(jobName(of: division))", "--format=%K")
    return Set(lines.split(whereSeparator: \.isWhitespace).compactMap { Int($0) })
  }
}
