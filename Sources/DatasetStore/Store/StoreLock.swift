import Files
import Foundation

/// The lock for changing the store: held by one process at a time, and released when it ends.
final class StoreLock {
  private let descriptor: Int32

  /// Waits until no other process holds it.
  init(folder: String, _ context: StoreContext) throws(StoreError) {
    let path = folder + "/.lock"
    descriptor = openFile(path, O_RDWR | O_CREAT)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    var told = false
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      // If the file system has no locks, assume that there is only one user.
      guard errno == EWOULDBLOCK || errno == EINTR else { return }
      if context.shouldStop() { throw .interrupted(kept: nil) }
      if !told { context.report(.waiting) }
      told = true
      usleep(100_000)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
