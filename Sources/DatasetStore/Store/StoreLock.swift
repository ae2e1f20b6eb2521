import Files
import Foundation

/// The right to change the store: one process has it at a time, and loses it with its end.
final class StoreLock {
  private let descriptor: Int32

  /// Waits until no other process has it.
  init(folder: String, _ context: StoreContext) throws(StoreError) {
    let path = folder + "/.lock"
    descriptor = openFile(path, O_RDWR | O_CREAT)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    var told = false
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      // A file system without locks has one user at most, as far as can be told.
      guard errno == EWOULDBLOCK || errno == EINTR else { return }
      if context.shouldStop() { throw .interrupted(kept: nil) }
      if !told { context.report(.waiting) }
      told = true
      usleep(100_000)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
