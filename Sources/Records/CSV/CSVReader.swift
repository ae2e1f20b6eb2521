import Foundation

/// A strict reader of CSV (RFC 4180): commas, double quotes, lines ending in LF or CR LF, UTF-8 with or without a byte
/// order mark.
struct CSVReader {
  /// The longest field it reads, in bytes.
  static let longestField = 1 << 20

  /// One record and its position.
  struct Record: Equatable {
    var fields: [String]
    /// The line on which it began, from 1.
    var line: Int
    /// Whether a line break follows it: the last record may lack one, and may then be cut short.
    var isEnded = true
  }

  /// An error that ends reading early.
  enum Failure: Error, Equatable {
    case malformed(line: Int, problem: String)
    /// The text ends within a quoted field of the record that began on `line`.
    case torn(line: Int)
  }

  private let text: UnsafeBufferPointer<UInt8>
  /// The bytes read so far.
  private(set) var position = 0
  private var line = 1

  /// Reads `text`, which must outlive the reader.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Returns the next record, or nil at the end.
  mutating func next() throws(Failure) -> Record? {
    guard position < text.count else { return nil }
    let firstLine = line
    var fields: [String] = []
    while true {
      let (field, end) = try nextField(torn: .torn(line: firstLine))
      fields.append(field)
      if end != .field { return Record(fields: fields, line: firstLine, isEnded: end == .record) }
    }
  }

  private enum End { case field, record, text }

  private mutating func nextField(torn: Failure) throws(Failure) -> (String, End) {
    let field: String
    if position < text.count, text[position] == quote {
      field = try quotedField(torn: torn)
    } else {
      let start = position
      while position < text.count, text[position] != comma, text[position] != lf, text[position] != cr {
        if text[position] == quote { throw malformed("a quote is inside a field that does not begin with one") }
        position += 1
      }
      field = try decode(text[start..<position])
    }
    guard position < text.count else { return (field, .text) }
    switch text[position] {
    case comma:
      position += 1
      return (field, .field)
    case cr:
      position += 1
      guard position < text.count else { return (field, .text) }
      guard text[position] == lf else { throw malformed("a carriage return is not followed by a line feed") }
      position += 1
    case lf:
      position += 1
    default:
      throw malformed("text follows the closing quote of a field")
    }
    line += 1
    return (field, .record)
  }

  private mutating func quotedField(torn: Failure) throws(Failure) -> String {
    let firstLine = line
    position += 1
    var content: [UInt8] = []
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == quote {
        guard position < text.count, text[position] == quote else { return try decode(content[...]) }
        position += 1
      } else if byte == lf {
        line += 1
      }
      content.append(byte)
      guard content.count <= Self.longestField else { throw tooLong }
    }
    // A stray quote swallows the lines below it: this is damage, not an interrupted write.
    throw line == firstLine ? torn : .malformed(line: firstLine, problem: "a quote is never closed")
  }

  private func decode(_ bytes: some RandomAccessCollection<UInt8>) throws(Failure) -> String {
    guard bytes.count <= Self.longestField else { throw tooLong }
    guard !bytes.contains(0) else { throw malformed("a field holds zero bytes") }
    guard let field = String(validating: bytes, as: UTF8.self) else { throw malformed("a field is not UTF-8") }
    return field
  }

  private var tooLong: Failure { malformed("a field is longer than \(Self.longestField) bytes") }
  private func malformed(_ problem: String) -> Failure { .malformed(line: line, problem: problem) }
}

/// One line of CSV with its line break; fields are quoted only where necessary.
package func csvLine(_ fields: [String]) -> String {
  // A record of one empty field would otherwise be an empty line.
  if fields == [""] { return "\"\"\n" }
  return fields.map { field in
    let special = field.utf8.contains { $0 == quote || $0 == comma || $0 == lf || $0 == cr }
    return special ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }.joined(separator: ",") + "\n"
}

private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")
private let lf = UInt8(ascii: "\n")
private let cr = UInt8(ascii: "\r")
