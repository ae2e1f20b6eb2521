import Files
import Foundation

/// An open file, read by position, whose size is fixed when it is opened.
///
/// `pread` and not a memory map: a map of a file that another process cuts short kills this process with SIGBUS at the
/// next touch, a read returns an error. A tensor is read straight into its own memory, so a map would save no copy.
final class ReadOnlyFile: StoredBytes {
  let path: String
  let byteCount: Int
  private let descriptor: Int32

  init(_ path: String) throws(WeightFileError) {
    // Without O_NONBLOCK opening a pipe would wait for its writer for ever.
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
      throw .cannotRead(path: path, reason: isFolder ? "it is a folder; name a file in it" : "it is no regular file")
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

  /// A second descriptor of the same open file, for a library that wants its own.
  func duplicate() throws(WeightFileError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .cannotRead(path: path, reason: systemReason()) }
    return copy
  }
}
