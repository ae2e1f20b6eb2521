/// A TOML value, of the kinds that locks use.
indirect enum TOMLValue: Equatable {
  case text(String)
  case number(Int)
  case list([TOMLValue])
  case table([String: TOMLValue])
}

/// Parses the part of TOML 1.0 that locks use: tables, strings, integers and lists; anything else is an error.
///
/// Our own reader: toml++, as in TOMLKit 0.6.0, ends the program with an assertion on some damaged files.
struct TOMLReader {
  struct Failure: Error, Equatable {
    let line: Int
    let expected: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var root: [String: TOMLValue] = [:]
  private var opened: Set<[String]> = []
  private static let deepest = 8

  static func read(_ text: String) throws(Failure) -> [String: TOMLValue] {
    var reader = TOMLReader(bytes: Array(text.utf8))
    return try reader.run()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func run() throws(Failure) -> [String: TOMLValue] {
    var table: [String] = []
    while true {
      skipBlanks(andLines: true)
      guard let next = peek else { return root }
      if next == UInt8(ascii: "[") {
        position += 1
        table = try keys(upTo: UInt8(ascii: "]"))
        guard opened.insert(table).inserted else { throw failure("each table once") }
        guard Self.insert(nil, at: table[...], into: &root) else { throw failure("a new table") }
      } else {
        let names = try keys(upTo: UInt8(ascii: "="))
        skipBlanks(andLines: false)
        let value = try value(depth: 0)
        guard Self.insert(value, at: table[...] + names, into: &root) else { throw failure("each name once") }
      }
      skipBlanks(andLines: false)
      guard peek == nil || peek == UInt8(ascii: "\n") else { throw failure("the end of the line") }
    }
  }

  /// Inserts a value, or an empty table, at the given path; returns false if the path is taken.
  private static func insert(
    _ value: TOMLValue?, at names: ArraySlice<String>, into table: inout [String: TOMLValue]
  ) -> Bool {
    guard let name = names.first else { return false }
    if names.count == 1, let value {
      guard table[name] == nil else { return false }
      table[name] = value
      return true
    }
    guard case .table(var inner) = table[name] ?? .table([:]) else { return false }
    guard names.count == 1 || insert(value, at: names.dropFirst(), into: &inner) else { return false }
    table[name] = .table(inner)
    return true
  }

  /// Parses dotted keys and the character that ends them.
  private mutating func keys(upTo end: UInt8) throws(Failure) -> [String] {
    var keys: [String] = []
    while keys.count < Self.deepest {
      skipBlanks(andLines: false)
      keys.append(try key())
      skipBlanks(andLines: false)
      guard let next = peek else { break }
      position += 1
      if next == end { return keys }
      guard next == UInt8(ascii: ".") else { break }
    }
    throw failure("names with dots between them and a \(Unicode.Scalar(end)) after them")
  }

  private mutating func key() throws(Failure) -> String {
    if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try text() }
    let start = position
    while let next = peek, isBare(next) { position += 1 }
    guard position > start else { throw failure("a name") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private mutating func value(depth: Int) throws(Failure) -> TOMLValue {
    guard depth < Self.deepest else { throw failure("lists at most \(Self.deepest) deep") }
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try text())
    case UInt8(ascii: "["): return try list(depth)
    default:
      let start = position
      while let next = peek, isBare(next) || next == UInt8(ascii: "+") { position += 1 }
      let digits = String(decoding: bytes[start..<position], as: UTF8.self)
      guard let number = Int(digits) else { throw failure("a text in quotes, a whole number or a list") }
      return .number(number)
    }
  }

  private mutating func list(_ depth: Int) throws(Failure) -> TOMLValue {
    position += 1
    var values: [TOMLValue] = []
    while true {
      skipBlanks(andLines: true)
      if peek == UInt8(ascii: "]") { break }
      values.append(try value(depth: depth + 1))
      skipBlanks(andLines: true)
      guard peek == UInt8(ascii: ",") else { break }
      position += 1
    }
    guard peek == UInt8(ascii: "]") else { throw failure("a ] at the end of the list") }
    position += 1
    return .list(values)
  }

  /// A one-line string, in double quotes with escapes or in single quotes without.
  private mutating func text() throws(Failure) -> String {
    let quote = peek
    position += 1
    var text: [UInt8] = []
    while let next = peek, next != UInt8(ascii: "\n") {
      position += 1
      if next == quote { return String(decoding: text, as: UTF8.self) }
      guard next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") else {
        guard next >= 0x20 || next == UInt8(ascii: "\t"), next != 0x7F else { break }
        text.append(next)
        continue
      }
      text += try escaped()
    }
    throw failure("a text that ends with its quote in the same line")
  }

  private mutating func escaped() throws(Failure) -> [UInt8] {
    let letter = peek ?? 0
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [letter]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = letter == UInt8(ascii: "u") ? 4 : 8
      let digits = String(decoding: bytes[position..<min(bytes.count, position + count)], as: UTF8.self)
      guard digits.utf8.count == count, digits.allSatisfy(\.isHexDigit), let code = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(code), code != 0
      else { throw failure("the number of a character after \\u") }
      position += count
      return Array(String(scalar).utf8)
    default: throw failure("one of \\\" \\\\ \\n \\t \\u")
    }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Skips blanks and comments, and with `andLines` also line ends.
  private mutating func skipBlanks(andLines: Bool) {
    while let next = peek {
      switch next {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "#"):
        while let next = peek, next != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "\n") where andLines:
        position += 1
        line += 1
      default: return
      }
    }
  }

  private func failure(_ expected: String) -> Failure { Failure(line: line, expected: expected) }
}
