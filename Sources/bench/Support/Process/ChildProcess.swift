import Experiments
import Files
import Glibc
import Records

/// A program that runs for us as long as it takes.
struct ChildProcess {
  /// Where what it prints goes.
  enum Output {
    /// Its messages to our standard error, and its results nowhere.
    case messages
    /// Both to a file.
    case file(String)
  }

  /// It is not there, or the system lets it not run.
  struct CannotStart: Error, CustomStringConvertible {
    let program: String
    let reason: String
    var description: String { "\(program) cannot be started: \(reason)." }
  }

  private let process: pid_t

  /// Starts a program of the PATH; throws `CannotStart`.
  init(_ arguments: [String], environment: [String: String] = [:], output: Output = .messages) throws {
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
    guard
      let process = start(
        arguments, environment: environment, output: descriptor, errors: errors, hasOwnGroup: true)
    else { throw CannotStart(program: arguments[0], reason: systemReason()) }
    self.process = process
  }

  /// Its exit code once it has ended, 128 and the number of a signal that ended it, -1 where the system does not say; nil until
  /// then.
  func exitCode() -> Int32? {
    var status: Int32 = 0
    let ended = waitpid(process, &status, WNOHANG)
    guard ended >= 0 else { return errno == EINTR ? nil : -1 }
    return ended == 0 ? nil : status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Tells it and what it has started the signal that we were sent last.
  func handOnSignal() { kill(-process, StopSignals.exitCode.rawValue - 128) }

  /// Runs a program of the PATH to its end and gives its exit code, as `exitCode` does.
  ///
  /// Ctrl-C, SIGTERM and SIGHUP are handed on to it, and when it has ended `ExperimentError.interrupted` is thrown. Throws
  /// `CannotStart` for a program that is not there.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], output: Output = .messages
  ) throws -> Int32 {
    let signals = StopSignals()
    let child = try ChildProcess(arguments, environment: environment, output: output)
    var isTold = false
    while true {
      if let code = child.exitCode() {
        if signals.isStopWanted { throw ExperimentError.interrupted }
        return code
      }
      if signals.isStopWanted, !isTold {
        child.handOnSignal()
        isTold = true
      }
      usleep(10_000)
    }
  }
}
