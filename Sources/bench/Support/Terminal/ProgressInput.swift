import Glibc

/// Standard input as lines, of which only the last counts.
final class ProgressInput {
  /// The last complete line so far.
  private(set) var line: String?
  private var rest: [UInt8] = []

  /// Waits for input for at most `seconds`; returns false at its end.
  func wait(seconds: Int32) -> Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, 1000 * seconds) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && errno == EINTR }
    rest += buffer[..<count]
    let lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if let last = lines.dropLast().last { line = String(decoding: last, as: UTF8.self) }
    rest = Array((lines.last ?? []).suffix(4096))
    return true
  }
}
