import Files
import Foundation

/// Keeps other processes from writing to a folder; released when the process ends, however it ends.
final class FolderLock {
  private let descriptor: Int32

  /// Throws `inUse` if another process still holds the folder after `tries` tries, 20 ms apart.
  init(_ folder: URL, tries: Int = 10) throws(RecordsError) {
    descriptor = openFile(folder.givenPath, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { throw .unwritable(path: folder.path, reason: systemReason()) }
    // A child process holds our descriptors until exec, so a lock just released may seem held for a moment. Some
    // network file systems have no locks: only a lock held elsewhere is an error.
    var tries = tries
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
      tries -= 1
      guard tries > 0 else { throw .inUse(path: folder.path) }
      usleep(20_000)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
