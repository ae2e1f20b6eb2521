import Files
import Glibc
import Synchronization

/// Prints a line to standard output, in place of Swift's `print`: notes failed writes, and keeps the bytes of file
/// names.
func print(_ value: some CustomStringConvertible, terminator: String = "\n") {
  StandardOutput.write("\(value)" + terminator)
}

/// Standard output, unbuffered.
enum StandardOutput {
  /// The `errno` of the first write that failed and lost output; nil if none did.
  static var failure: Int32? { noted.withLock { $0 } }
  private static let noted = Mutex<Int32?>(nil)

  static func write(_ text: String) {
    var bytes = pathBytes(text)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        _ = isReady(STDOUT_FILENO, milliseconds: -1)
      } else if errno != EINTR {
        let number = errno
        noted.withLock { $0 = $0 ?? number }
        return
      }
    }
  }
}

/// Standard error: messages may be lost, and neither end nor block the program.
enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The terminal's columns; 80 if there is no terminal or it does not say.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  static func write(_ text: String) {
    var bytes = pathBytes(text)[...]
    while !bytes.isEmpty {
      // For an unread pipe or a halted terminal: wait once, then no more until it accepts data.
      guard isReady(STDERR_FILENO, milliseconds: isStuck.load(ordering: .relaxed) ? 0 : 2000) else {
        return isStuck.store(true, ordering: .relaxed)
      }
      isStuck.store(false, ordering: .relaxed)
      // A ready descriptor accepts this much without blocking.
      let count = bytes.prefix(512).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { return }
      bytes = bytes.dropFirst(max(count, 0))
    }
  }

  private static let isStuck = Atomic<Bool>(false)
}

/// Whether the descriptor becomes writable within a time; -1 waits for ever.
private func isReady(_ descriptor: Int32, milliseconds: Int32) -> Bool {
  var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
  return poll(&request, 1, milliseconds) != 0
}
