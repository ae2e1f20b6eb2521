/// Bytes stored in a file and read by position.
protocol StoredBytes: Sendable {
  var path: String { get }
  var byteCount: Int { get }
  /// Fills `buffer` from the bytes at `offset`; throws if there are not enough.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(WeightFileError)
}

extension StoredBytes {
  /// Throws unless there are `count` bytes at `offset`; both numbers may come from a file and be arbitrary.
  func require(_ count: Int, at offset: Int, in part: String? = nil) throws(WeightFileError) {
    guard count >= 0, offset >= 0, count <= byteCount, offset <= byteCount - count else {
      throw .malformed(
        path: path, place: "\(part.map { "\($0), " } ?? "")byte \(offset)", expected: "\(count) more bytes",
        found: "the end at \(byteCount)")
    }
  }

  /// Returns the `count` bytes at `offset`; allocates nothing if there are fewer.
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

/// A range of other stored bytes; create one only after checking that it lies within them.
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
