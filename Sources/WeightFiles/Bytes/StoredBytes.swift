/// Bytes that lie in a file, read by position.
protocol StoredBytes: Sendable {
  var path: String { get }
  var byteCount: Int { get }
  /// Fills `buffer` from the bytes at `offset`; an error if there are not as many.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(WeightFileError)
}

extension StoredBytes {
  /// An error unless there are `count` bytes at `offset`, where numbers that a file states may be anything.
  func require(_ count: Int, at offset: Int, in part: String? = nil) throws(WeightFileError) {
    guard count >= 0, offset >= 0, count <= byteCount, offset <= byteCount - count else {
      throw .malformed(
        path: path, place: "\(part.map { "\($0), " } ?? "")byte \(offset)", expected: "\(count) more bytes",
        found: "the end at \(byteCount)")
    }
  }

  /// The `count` bytes at `offset`; nothing is allocated unless there are as many.
  func bytes(at offset: Int, count: Int) throws(WeightFileError) -> [UInt8] {
    try require(count, at: offset)
    var bytes = [UInt8](repeating: 0, count: count)
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(WeightFileError) in try read(into: buffer, at: offset) }
    }
    try result.get()
    return bytes
  }
}

/// A stretch of other stored bytes; made only after it was checked to lie within them.
struct ByteRegion: StoredBytes {
  let whole: any StoredBytes
  let offset: Int
  let byteCount: Int

  var path: String { whole.path }

  func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) throws(WeightFileError) {
    try require(buffer.count, at: position, in: "the stretch from byte \(offset)")
    try whole.read(into: buffer, at: offset + position)
  }
}
