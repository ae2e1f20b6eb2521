/// A range of a MATLAB file's bytes, read from front to back with bounds checks.
struct MATBytes {
  /// One element: its type and its data.
  struct Element {
    let type: UInt32
    let data: MATBytes
  }

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init(_ bytes: [UInt8]) { self.init(bytes, 0, bytes.count) }

  private init(_ bytes: [UInt8], _ start: Int, _ end: Int) {
    self.bytes = bytes
    position = start
    self.end = end
  }

  var count: Int { end - position }
  var isEmpty: Bool { position >= end }
  /// The remaining bytes.
  var rest: ArraySlice<UInt8> { bytes[position..<end] }

  mutating func skip(_ count: Int) throws(ReadFailure) {
    guard count >= 0, count <= self.count else { throw ReadFailure("it ends early, at byte \(end)") }
    position += count
  }

  /// A little-endian number of `width` bytes, at most 8.
  mutating func number(bytes width: Int) throws(ReadFailure) -> UInt64 {
    let start = position
    try skip(width)
    return bytes[start..<position].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads the next element and skips its padding, which compressed elements lack.
  mutating func element() throws(ReadFailure) -> Element {
    let tag = UInt32(truncatingIfNeeded: try number(bytes: 4))
    if tag >> 16 != 0 {
      // A small element: length and type share 4 bytes, followed by 4 bytes of data.
      let start = position
      guard tag >> 16 <= 4 else { throw ReadFailure("a small element claims \(tag >> 16) bytes") }
      try skip(4)
      return Element(type: tag & 0xFFFF, data: MATBytes(bytes, start, start + Int(tag >> 16)))
    }
    let length = Int(try number(bytes: 4))
    let start = position
    try skip(length)
    if tag != MATFile.compressed { position = min(end, (position - start + 7) / 8 * 8 + start) }
    return Element(type: tag, data: MATBytes(bytes, start, start + length))
  }
}
