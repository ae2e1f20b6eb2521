import Foundation

/// Why some or all runs were not made.
enum LaunchError: Error, Equatable {
  /// A Slurm program is missing.
  case noSlurm(program: String)
  /// A Slurm program failed and has printed the reason.
  case slurmFailed(program: String)
  /// A Slurm program gave no answer; what it was asked for it may have done.
  case slurmLate(program: String, seconds: Int)
  /// The runs of the folder were never submitted.
  case noScript(path: String)
  /// Some runs are not finished.
  case incomplete(finished: Int, count: Int, advice: String)

  enum Fault { case usage, unavailable, missing }

  var fault: Fault {
    switch self {
    case .noScript: .usage
    case .noSlurm, .slurmFailed, .slurmLate: .unavailable
    case .incomplete: .missing
    }
  }
}

extension LaunchError: CustomStringConvertible, LocalizedError {
  var errorDescription: String? { description }

  var description: String {
    switch self {
    case .noSlurm(let program):
      """
      There is no \(program) here: --launcher slurm is for a login node of a Slurm cluster. --print-script shows what \
      would be submitted; --launcher local:2 runs two at a time on this machine.
      """
    case .slurmFailed(let program): "\(program) failed; its message is above. Nothing was submitted."
    case .slurmLate(let program, let seconds):
      "\(program) did not answer within \(seconds) s. "
        + (program == "sbatch"
          ? "It may have submitted the runs: repeat the command later, which first asks for those."
          : "Nothing was submitted: repeat the command later.")
    case .noScript(let path):
      "\(path) has no job.sh: its runs were made without Slurm. Continue the others with the command that started them."
    case .incomplete(let finished, let count, let advice):
      "\(finished) of \(count) runs are finished. \(advice)"
    }
  }
}
