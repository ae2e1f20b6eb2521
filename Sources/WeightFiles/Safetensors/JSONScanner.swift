/// A strict scanner for the JSON of a safetensors header: objects, strings, arrays of whole numbers.
///
/// A general parser would lose the order of the keys and accept duplicate keys.
struct JSONScanner {
  private let bytes: [UInt8]
  private let path: String
  private var position = 0

  init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// Returns an error that says something else was expected at this position.
  func expected(_ expected: String, found: String? = nil) -> WeightFileError {
    var here = "the end of the header"
    if position < bytes.count {
      let byte = bytes[position]
      here = byte > 0x20 && byte < 0x7F ? "\"\(Character(UnicodeScalar(byte)))\"" : "byte \(byte)"
    }
    return .malformed(
      path: path, place: "header, position \(position)", expected: expected, found: found ?? here)
  }

  /// Reads an object; calls `member` after each key and its colon to read the value.
  mutating func object(
    _ member: (inout JSONScanner, String) throws(WeightFileError) -> Void
  ) throws(WeightFileError) {
    try require("{")
    if accept("}") { return }
    repeat {
      let key = try string()
      try require(":")
      try member(&self, key)
    } while accept(",")
    try require("}")
  }

  /// Reads an array of non-negative whole numbers.
  mutating func integers() throws(WeightFileError) -> [Int] {
    try require("[")
    if accept("]") { return [] }
    var result: [Int] = []
    repeat { result.append(try integer()) } while accept(",")
    try require("]")
    return result
  }

  private mutating func integer() throws(WeightFileError) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
      guard position - start < 18 else { throw expected("a number below 10^18") }
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    guard position > start else { throw expected("a whole number") }
    guard bytes[start] != UInt8(ascii: "0") || position == start + 1 else { throw expected("no leading zero") }
    return value
  }

  /// Reads a string and resolves its escapes.
  mutating func string() throws(WeightFileError) -> String {
    try require("\"")
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw expected("text in UTF-8") }
        position += 1
        return string
      case UInt8(ascii: "\\"):
        position += 1
        text += String(try escape()).utf8
      case 0..<0x20: throw expected("no control character in a string")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw expected("the end of a string")
  }

  private mutating func escape() throws(WeightFileError) -> UnicodeScalar {
    guard position < bytes.count else { throw expected("an escape") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UnicodeScalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        // A character outside the basic plane is written as two escapes, high surrogate first.
        guard bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
          throw expected("the second half of a surrogate pair")
        }
        position += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw expected("the second half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = UnicodeScalar(code) else { throw expected("a Unicode character") }
      return scalar
    default:
      position -= 1
      throw expected("a JSON escape")
    }
  }

  private mutating func hexadecimal() throws(WeightFileError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw expected("four hexadecimal digits") }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  /// Checks that only white space remains.
  mutating func end() throws(WeightFileError) {
    skipSpace()
    guard position == bytes.count else { throw expected("nothing but spaces after the object") }
  }

  private mutating func require(_ character: UnicodeScalar) throws(WeightFileError) {
    guard accept(character) else { throw expected("\"\(character)\"") }
  }

  private mutating func accept(_ character: UnicodeScalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }
}
