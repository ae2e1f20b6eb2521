import Files
import Foundation

/// An open file that is read by position; its size is fixed when it is opened.
///
/// Uses `pread` instead of a memory map: if another process truncates a mapped file, the next access kills this process
/// with SIGBUS, whereas a read returns an error. Tensors are read directly into place, so a map saves no copy.
final class ReadOnlyFile: StoredBytes {
  let path: String
  let byteCount: Int
  private let descriptor: Int32

  init(_ path: String) throws(WeightFileError) {
    // Without O_NONBLOCK, opening a pipe would wait forever for a writer.
    let descriptor = openFile(path, O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: systemReason()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = systemReason()
      close(descriptor)
      throw .cannotRead(path: path, reason: reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw .cannotRead(path: path, reason: isFolder ? "it is a folder; name a file in it" : "it is not a regular file")
    }
    self.path = path
    self.byteCount = Int(status.st_size)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Fills `buffer` from the bytes at `offset`.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(WeightFileError) {
    try require(buffer.count, at: offset)
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = readPiece(descriptor, into: rest, at: offset + done)
      if count < 0 { throw .cannotRead(path: path, reason: systemReason()) }
      if count == 0 {
        throw .cannotRead(path: path, reason: "it became shorter than \(byteCount) bytes while it was read")
      }
      done += count
    }
  }

  /// Duplicates the file descriptor, for a library that needs its own.
  func duplicate() throws(WeightFileError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .cannotRead(path: path, reason: systemReason()) }
    return copy
  }
}
