import Files
import Glibc

/// A reusable buffer for reading whole files.
struct FileBytes: ~Copyable {
  /// Larger files are rejected: they are not photographs.
  static let maximumBytes = 512 << 20

  private var memory: UnsafeMutableBufferPointer<UInt8> = .init(start: nil, count: 0)

  deinit { memory.deallocate() }

  /// The bytes of a regular file, valid until the next call; throws a reason.
  mutating func read(_ path: String) throws(ReadFailure) -> UnsafeBufferPointer<UInt8> {
    let file = openFile(path, O_RDONLY | O_NONBLOCK)
    guard file >= 0 else {
      throw ReadFailure(
        errno == ENOENT ? "there is no such file" : "it cannot be opened, \(systemReason())", isOfSystem: true)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      throw ReadFailure("it cannot be read, \(systemReason())", isOfSystem: true)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ReadFailure(status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a regular file")
    }
    let size = Int(status.st_size)
    guard size <= Self.maximumBytes else {
      throw ReadFailure("it has \(size) bytes, more than the \(Self.maximumBytes >> 20) MiB that are allowed")
    }
    reserve(size)
    var filled = 0
    while filled < size {
      let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: memory[filled..<size]))
      let count = readPiece(file, into: rest)
      guard count >= 0 else { throw ReadFailure("it cannot be read, \(systemReason())", isOfSystem: true) }
      if count == 0 { break }
      filled += count
    }
    return UnsafeBufferPointer(rebasing: memory[..<filled])
  }

  private mutating func reserve(_ bytes: Int) {
    guard bytes > memory.count else { return }
    memory.deallocate()
    memory = .allocate(capacity: bytes + bytes / 2)
  }
}

/// Why a file or its bytes cannot be used.
struct ReadFailure: Error, Equatable {
  let reason: String
  /// Whether reading failed, which may be temporary, as opposed to the bytes being invalid.
  let isOfSystem: Bool

  init(_ reason: String, isOfSystem: Bool = false) {
    self.reason = reason
    self.isOfSystem = isOfSystem
  }
}
