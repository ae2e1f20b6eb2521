/// The lines of a text file that may have been edited by hand, as bytes: there may be millions.
///
/// Ignores a byte order mark at the start and DOS's Ctrl-Z at the end. Lines end in LF, CR LF or CR; blank lines are
/// skipped.
struct TextLines {
  typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  let path: String

  /// Calls `body` with the number and the bytes of every non-blank line; throws `invalidAnnotation` if the file cannot
  /// be read or is in UTF-16.
  func each(_ body: (_ number: Int, _ line: Bytes) throws(DatasetError) -> Void) throws(DatasetError) {
    var file = FileBytes()
    let bytes: UnsafeBufferPointer<UInt8>
    do { bytes = try file.read(path) } catch {
      throw .invalidAnnotation(file: path, line: 0, expected: "a readable text file", found: error.reason)
    }
    guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
      throw .invalidAnnotation(
        file: path, line: 0, expected: "a text in UTF-8", found: "the byte order mark of UTF-16; save it as UTF-8")
    }
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    while let last = rest.last, last == Self.controlZ || last == Self.lineFeed || last == Self.carriageReturn {
      rest = rest.dropLast()
    }
    var number = 0
    while !rest.isEmpty {
      let end = rest.firstIndex { $0 == Self.lineFeed || $0 == Self.carriageReturn } ?? rest.endIndex
      let line = rest[..<end]
      let isPair = end + 1 < rest.endIndex && rest[end] == Self.carriageReturn && rest[end + 1] == Self.lineFeed
      rest = rest[min(rest.endIndex, end + (isPair ? 2 : 1))...]
      number += 1
      if line.contains(where: { !Self.isBlank($0) }) { try body(number, line) }
    }
  }

  /// Whether a byte is a space, a tab or one of the two bytes of a no-break space, which alone form no number or name.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0xC2 || byte == 0xA0 }

  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D
  private static let controlZ: UInt8 = 0x1A
}
