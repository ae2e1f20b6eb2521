/// Reads stored bytes from front to back, a window at a time, and never past the end.
struct ByteReader {
  let source: any StoredBytes
  /// The name of the source in error messages: "data.pkl", "the file".
  let place: String
  /// The position of the next byte in `source`.
  private(set) var position: Int
  private var window: [UInt8] = []
  private var windowStart = 0

  init(_ source: any StoredBytes, at position: Int = 0, place: String) {
    self.source = source
    self.place = place
    self.position = position
  }

  var path: String { source.path }
  var remaining: Int { source.byteCount - position }

  mutating func byte() throws(WeightFileError) -> UInt8 {
    if position - windowStart >= window.count { try fillWindow() }
    defer { position += 1 }
    return window[position - windowStart]
  }

  /// Returns the next `count` bytes; allocates nothing if fewer remain.
  mutating func bytes(_ count: Int) throws(WeightFileError) -> [UInt8] {
    try require(count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      if position - windowStart >= window.count { try fillWindow() }
      let start = position - windowStart
      let piece = window[start..<min(window.count, start + count - bytes.count)]
      bytes += piece
      position += piece.count
    }
    return bytes
  }

  /// Returns the next little-endian integer.
  mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws(WeightFileError) -> Number {
    var value: Number = 0
    for shift in 0..<MemoryLayout<Number>.size {
      value |= Number(truncatingIfNeeded: try byte()) << Number(truncatingIfNeeded: 8 * shift)
    }
    return value
  }

  /// Returns the bytes up to the next line feed and skips the line feed.
  mutating func line(atMost limit: Int) throws(WeightFileError) -> [UInt8] {
    var line: [UInt8] = []
    while true {
      let next = try byte()
      if next == UInt8(ascii: "\n") { return line }
      guard line.count < limit else { throw malformed(expected: "a line of at most \(limit) bytes", found: "a longer") }
      line.append(next)
    }
  }

  mutating func skip(_ count: Int) throws(WeightFileError) {
    try require(count)
    position += count
  }

  /// Returns an error that says something else was expected at the last byte read.
  func malformed(expected: String, found: String) -> WeightFileError {
    .malformed(path: path, place: "\(place), before byte \(position)", expected: expected, found: found)
  }

  private func require(_ count: Int) throws(WeightFileError) {
    guard count >= 0, count <= remaining else {
      throw malformed(expected: "\(count) more bytes", found: "\(remaining) to the end")
    }
  }

  private mutating func fillWindow() throws(WeightFileError) {
    try require(1)
    window = try source.bytes(at: position, count: min(remaining, 1 << 16))
    windowStart = position
  }
}
