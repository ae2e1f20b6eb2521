import Experiments
import Files
import Glibc
import Records

/// A child process without a time limit.
struct ChildProcess {
  /// Where its output goes.
  enum Output {
    /// Standard error to ours, standard output to /dev/null.
    case messages
    /// Both to a file.
    case file(String)
  }

  /// The program is missing, or the system cannot run it.
  struct CannotStart: Error, CustomStringConvertible {
    let program: String
    let reason: String
    var description: String { "\(program) cannot be started: \(reason)." }
  }

  private let process: pid_t

  /// Starts a program found in PATH; throws `CannotStart`.
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

  /// Returns its exit code once it has ended: 128 plus the number of a signal that ended it, or -1 if the system does
  /// not say; nil until then.
  func exitCode() -> Int32? {
    var status: Int32 = 0
    let ended = waitpid(process, &status, WNOHANG)
    guard ended >= 0 else { return errno == EINTR ? nil : -1 }
    return ended == 0 ? nil : status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Forwards the last signal that we received to it and its children.
  func handOnSignal() { kill(-process, StopSignals.exitCode.rawValue - 128) }

  /// Runs a program found in PATH to its end and returns its exit code, as `exitCode` does.
  ///
  /// Forwards Ctrl-C, SIGTERM and SIGHUP, and throws `ExperimentError.interrupted` once it has ended. Throws
  /// `CannotStart` for a missing program.
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
