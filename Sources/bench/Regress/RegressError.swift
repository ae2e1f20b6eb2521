import Files
import Foundation

/// Why runs could not be repeated, or another program could not be built.
enum RegressError: Error, Equatable {
  /// There is no baseline yet.
  case noBaseline(path: String)
  case unknownRun(folder: String, run: String, known: [String])
  /// None of a folder's recorded commands makes the run.
  case noCommand(folder: String, run: String)
  /// The folder for fresh runs already holds some.
  case holdsRuns(path: String)
  /// A program that ran a command again failed.
  case commandFailed(command: String, code: Int32)
  /// The program is not in a checkout of this repository, or git is missing.
  case noCheckout
  case noSuchCommit(reference: String)
  case buildFailed(commit: String, log: String, lastLines: String)
  /// Neither perf nor Valgrind counts instructions here.
  case noCounter(perf: String, valgrind: String)

  enum Fault { case usage, data, unavailable }

  var fault: Fault {
    switch self {
    case .noSuchCommit, .unknownRun, .holdsRuns: .usage
    case .noBaseline, .commandFailed, .noCommand: .data
    case .noCheckout, .buildFailed, .noCounter: .unavailable
    }
  }
}

extension RegressError: CustomStringConvertible, LocalizedError {
  var errorDescription: String? { description }

  var description: String {
    switch self {
    case .noBaseline(let path):
      """
      \(path) is not a baseline: it has no environment.json with a command to run. Make one from an output folder: \
      bench regress --baseline \(shellQuoted(path)) RUN_DIR --update
      """
    case .unknownRun(let folder, let run, let known):
      "\(folder) holds no run \(run). It holds: \(known.joined(separator: ", "))."
    case .noCommand(let folder, let run):
      "No command in \(folder)/environment.json makes \(run) (see bench commands \(shellQuoted(folder))): repeat it by "
        + "hand."
    case .holdsRuns(let path):
      "--out \(path) already holds runs, which would be judged instead of new ones: choose another folder."
    case .commandFailed(let command, let code):
      "\(command) exited with \(code); its message is above."
    case .noCheckout:
      """
      This program is not in a checkout of its repository, or git is not installed: --against needs them to build \
      another commit. Build bench in a clone and run that one.
      """
    case .noSuchCommit(let reference):
      "The repository has no commit '\(reference)'. Name a branch, a tag or a hash; a shallow clone needs git fetch first."
    case .buildFailed(let commit, let log, let lastLines):
      "Cannot build commit \(commit); the log is \(log). It ends with:\n\(lastLines)"
    case .noCounter(let perf, let valgrind):
      """
      Instructions cannot be counted here: perf: \(perf); valgrind: \(valgrind). Install valgrind (apt-get install \
      valgrind binutils), or leave --count out to compare times.
      """
    }
  }
}
