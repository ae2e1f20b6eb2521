import Files
import Glibc
import Synchronization

/// Prints a line to standard output, in place of Swift's `print`: what cannot be written is noted, and the bytes of file names
/// are kept.
func print(_ value: some CustomStringConvertible, terminator: String = "\n") {
  StandardOutput.write("\(value)" + terminator)
}

/// Standard output, written at once.
enum StandardOutput {
  /// The error, a value of `errno`, by which something that was printed is lost; nil if nothing is.
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

/// Standard error: what is said there may be lost, and neither ends the program nor holds it up.
enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The columns of the terminal; 80 where there is none, or where it does not say.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  static func write(_ text: String) {
    var bytes = pathBytes(text)[...]
    while !bytes.isEmpty {
      // A pipe that nobody reads, or a terminal that was halted: waited for once, then no more until it takes something.
      guard isReady(STDERR_FILENO, milliseconds: isStuck.load(ordering: .relaxed) ? 0 : 2000) else {
        return isStuck.store(true, ordering: .relaxed)
      }
      isStuck.store(false, ordering: .relaxed)
      // What is ready takes this much without waiting.
      let count = bytes.prefix(512).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { return }
      bytes = bytes.dropFirst(max(count, 0))
    }
  }

  private static let isStuck = Atomic<Bool>(false)
}

/// Whether something can be written at once, or within some time; -1 waits for ever.
private func isReady(_ descriptor: Int32, milliseconds: Int32) -> Bool {
  var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
  return poll(&request, 1, milliseconds) != 0
}
