import Files
import Foundation

/// How a program ended.
package enum ProgramOutcome: Equatable {
  /// Without an error, with this standard output.
  case done(String)
  /// With an error, or it could not be started.
  case failed
  /// Killed, since it took too long; what it was asked for it may have done.
  case late
}

/// The standard output of a program found in PATH, without leading and trailing white space; nil if the program is
/// absent, fails, or takes longer than `seconds`.
package func output(of arguments: [String], seconds: Double = 10) -> String? {
  if case .done(let text) = outcome(of: arguments, seconds: seconds) { text } else { nil }
}

/// Runs a program found in PATH, for at most `seconds`.
///
/// Its standard error goes to the descriptor `errors`, or nowhere. Uses no threads, unlike Foundation's `Process`,
/// which waits forever where the system provides none.
package func outcome(of arguments: [String], seconds: Double, errors: Int32? = nil) -> ProgramOutcome {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return .failed }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  defer { close(ends[0]) }
  let process = start(arguments, output: ends[1], errors: errors)
  close(ends[1])
  guard let process else { return .failed }
  var bytes: [UInt8] = []
  let hasEnded = read(ends[0], into: &bytes, until: ProcessInfo.processInfo.systemUptime + seconds)
  if !hasEnded { kill(process, SIGKILL) }
  var (status, ended): (Int32, pid_t) = (0, 0)
  repeat { ended = waitpid(process, &status, 0) } while ended < 0 && errno == EINTR
  guard hasEnded else { return .late }
  // If SIGCHLD is ignored, the exit status is not available.
  return ended == process && status == 0
    ? .done(pathText(bytes).trimmingCharacters(in: .whitespacesAndNewlines)) : .failed
}

/// Starts a program of the PATH, with each byte of its arguments and environment as `pathText` kept it; nil on failure.
///
/// - Parameters:
///   - environment: the variables that differ from this process's.
///   - input: the descriptor of its standard input; nil for /dev/null.
///   - output: the descriptor of its standard output.
///   - errors: the descriptor of its standard error; nil for /dev/null.
///   - hasOwnGroup: whether it leads a process group of its own, which gets no Ctrl-C from the terminal.
package func start(
  _ arguments: [String], environment changes: [String: String] = [:], input: Int32? = nil, output: Int32,
  errors: Int32? = nil,
  hasOwnGroup: Bool = false
) -> pid_t? {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  if let input {
    posix_spawn_file_actions_adddup2(&actions, input, 0)
  } else {
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  }
  posix_spawn_file_actions_adddup2(&actions, output, 1)
  if let errors {
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
  } else {
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  if hasOwnGroup { posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
  let names = Set(ProcessInfo.processInfo.environment.keys).union(changes.keys)
  let environment = names.compactMap { name in
    (changes[name] ?? environmentVariable(name)).map { "\(name)=\($0)" }
  }
  var lists = [arguments, environment].map { $0.map { $0.withPath { strdup($0) } } + [nil] }
  defer { lists.joined().forEach { free($0) } }
  guard let program = lists[0][0] else { return nil }
  var process: pid_t = 0
  return posix_spawnp(&process, program, &actions, &attributes, &lists[0], &lists[1]) == 0 ? process : nil
}

/// Reads to the end; returns false if `deadline` passes first.
private func read(_ descriptor: Int32, into text: inout [UInt8], until deadline: Double) -> Bool {
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let left = deadline - ProcessInfo.processInfo.systemUptime
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard left > 0 else { return false }
    let ready = poll(&request, 1, Int32(1000 * left))
    if ready < 0, errno == EINTR { continue }
    guard ready > 0 else { return false }
    let count = read(descriptor, &buffer, buffer.count)
    if count == 0 { return true }
    if count > 0 { text += buffer[..<count] } else if errno != EINTR { return false }
  }
}
