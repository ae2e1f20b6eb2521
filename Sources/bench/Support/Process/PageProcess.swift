import Experiments
import Files
import Foundation
import PageServer
import Records

/// Runs bench serve on a run's folder, in a process of its own, so that neither its clients nor its end affect the run.
/// It ends whenever we do, because its standard input then ends.
final class PageProcess: RunObserver {
  private let process: pid_t
  /// The pipe for progress lines; if it is full or broken, a line is lost.
  private let input: Int32
  private var lastTold = -Double.infinity

  /// Starts it and waits until it listens; throws `PageServerError` if it never does.
  init(of folder: URL, at address: ListeningAddress, port: UInt16) throws {
    func failure(_ reason: String) -> PageServerError {
      .cannotListen(at: address.text, port: port, reason: reason)
    }
    guard let lines = Pipe(), let answers = Pipe() else {
      throw failure("the system cannot start another process")
    }
    defer { for end in [lines.read, answers.read, answers.write] { close(end) } }
    let arguments = [
      "/proc/\(getpid())/exe", "serve", folder.givenPath, "--port", "\(port)", "--host", address.text,
      "--until-input-ends",
    ]
    guard let process = start(arguments, input: lines.read, output: answers.write, hasOwnGroup: true) else {
      close(lines.write)
      throw failure(systemReason())
    }
    (self.process, input) = (process, lines.write)
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    guard let url = firstLine(from: answers.read, seconds: 60) else {
      throw failure("it exited at once; to see why, run bench serve \(shellQuoted(folder.relativePath))")
    }
    complain("Page: \(url)")
  }

  deinit {
    close(input)
    // It ends by itself, unless it is stuck.
    for _ in 0..<100 {
      guard waitpid(process, nil, WNOHANG) == 0 else { return }
      usleep(20_000)
    }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  func show(_ event: TrainingEvent, _ progress: Progress) {
    guard case .worked(let step) = event, ProcessInfo.processInfo.systemUptime - lastTold > 1 else { return }
    lastTold = ProcessInfo.processInfo.systemUptime
    let line = Array((progress.line(step, length: 300) + "\n").utf8)
    _ = write(input, line, line.count)
  }
}

/// Both ends of a pipe, which started programs do not inherit.
private struct Pipe {
  let (read, write): (Int32, Int32)

  init?() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (read, write) = (ends[0], ends[1])
  }
}

/// Returns the first line, or nil if none arrives in time.
private func firstLine(from descriptor: Int32, seconds: Double) -> String? {
  let deadline = ProcessInfo.processInfo.systemUptime + seconds
  var (line, byte) = ([UInt8](), UInt8(0))
  while byte != UInt8(ascii: "\n") {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let left = deadline - ProcessInfo.processInfo.systemUptime
    guard left > 0 else { return nil }
    let ready = poll(&request, 1, Int32(1000 * left))
    if ready < 0, errno == EINTR { continue }
    guard ready > 0 else { return nil }
    let count = read(descriptor, &byte, 1)
    guard count == 1 else {
      if count < 0, errno == EINTR { continue }
      return nil
    }
    line.append(byte)
  }
  return String(decoding: line.dropLast(), as: UTF8.self)
}
