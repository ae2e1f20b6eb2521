import Experiments
import Files
import Glibc
import Records

/// A program that runs for us as long as it takes.
enum ChildProcess {
  /// Where what it prints goes.
  enum Output {
    /// Its messages to our standard error, and its results nowhere.
    case messages
    /// Both to a file.
    case file(String)
  }

  /// Runs a program of the PATH to its end and gives its exit code, 128 and the number of a signal that ended it.
  ///
  /// Ctrl-C, SIGTERM and SIGHUP are handed on to it, and when it has ended `ExperimentError.interrupted` is thrown. Throws
  /// `RegressError.cannotStart` for a program that is not there.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], output: Output = .messages
  ) throws -> Int32 {
    let path: String
    switch output {
    case .messages: path = "/dev/null"
    case .file(let file): path = file
    }
    let descriptor = openFile(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw RecordsError.unwritable(path: path, reason: systemReason()) }
    defer { close(descriptor) }
    var errors = descriptor
    if case .messages = output { errors = STDERR_FILENO }
    let signals = StopSignals()
    guard
      let process = start(
        arguments, environment: environment, output: descriptor, errors: errors, hasOwnGroup: true)
    else { throw RegressError.cannotStart(program: arguments[0], reason: systemReason()) }
    let status = wait(for: process, signals)
    if signals.isStopWanted { throw ExperimentError.interrupted }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Waits for its end; a wish of ours to end is told to it and to what it has started.
  private static func wait(for process: pid_t, _ signals: StopSignals) -> Int32 {
    var status: Int32 = 0
    var isTold = false
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      guard ended == 0 || ended < 0 && errno == EINTR else { return status }
      if signals.isStopWanted, !isTold {
        kill(-process, StopSignals.exitCode.rawValue - 128)
        isTold = true
      }
      usleep(10_000)
    }
  }
}
