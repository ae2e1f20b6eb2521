import ArgumentParser
import Files
import Foundation
import Records
import Regression

/// Runs commands into a folder, each in a process of its own, so that memory and times are those of a fresh process and
/// the records name the command itself.
struct FreshRuns {
  /// The program's path; by default this program's.
  var program = "/proc/\(getpid())/exe"

  /// Returns the commands that made a folder, to run again, with the dataset in `data` if given.
  static func commands(of folder: URL, data: String?) throws -> [RecordedCommand] {
    let file = RecordsFile.environment.url(in: folder)
    guard isAccessible(file.givenPath, F_OK) else { throw RegressError.noBaseline(path: folder.relativePath) }
    let commands = try EnvironmentFile.read(from: file).commands.map(RecordedCommand.init)
    guard !commands.isEmpty else { throw RegressError.noBaseline(path: folder.relativePath) }
    return commands.map(\.unwatched).map { command in data.map { command.with("--data", $0) } ?? command }
  }

  /// Calls `body` with the folder for new runs: the one that the user names, or a temporary one.
  ///
  /// Throws `holdsRuns` if it already holds runs: they would be judged instead of the new ones.
  static func folder<Result>(keptAs kept: String?, _ body: (URL) throws -> Result) throws -> Result {
    guard let kept else {
      do {
        return try withTemporaryFolder { try body($0.appendingPathComponent("run", isDirectory: true)) }
      } catch let error as RegressError {
        // The folder that the run has just mentioned no longer exists.
        if case .commandFailed = error {
          complain("The temporary folder of that run was removed; use --out to keep it in a folder.")
        }
        throw error
      }
    }
    let folder = URL(fileURLWithPath: kept, isDirectory: true)
    guard !isAccessible(RecordsFile.runs.url(in: folder).givenPath, F_OK) else {
      throw RegressError.holdsRuns(path: kept)
    }
    return try body(folder)
  }

  /// Runs the commands in sequence into `folder`; throws `commandFailed` for the first that fails, except for diverged
  /// trainings, which the records show.
  func run(_ commands: [RecordedCommand], into folder: URL, output: ChildProcess.Output = .messages) throws {
    for command in commands {
      let arguments = command.with("--out", folder.givenPath).arguments
      let code = try ChildProcess.run([program] + arguments, output: output)
      guard code == 0 || code == ExitCode.notFinite.rawValue else {
        throw RegressError.commandFailed(command: "bench " + arguments.joined(separator: " "), code: code)
      }
    }
  }
}
