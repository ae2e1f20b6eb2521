/// A text file whose lines are numbers separated by blanks; creates no strings, as there may be millions of lines.
struct NumberLines {
  let path: String

  /// Calls `body` with the numbers of every non-empty line; none if it has anything else or more than `most` numbers.
  ///
  /// `body` returns nil for a valid line, otherwise what was expected.
  func each(upTo most: Int, _ body: (_ numbers: [Double]) -> String?) throws(DatasetError) {
    var numbers: [Double] = []
    try TextLines(path: path).each { line, text throws(DatasetError) in
      Self.read(text, upTo: most, into: &numbers)
      if let expected = body(numbers) {
        throw .invalidAnnotation(
          file: path, line: line, expected: expected, found: "\"\(String(decoding: text.prefix(80), as: UTF8.self))\"")
      }
    }
  }

  private static func read(_ line: TextLines.Bytes, upTo most: Int, into numbers: inout [Double]) {
    numbers.removeAll(keepingCapacity: true)
    var rest = line
    while let first = rest.firstIndex(where: { !TextLines.isBlank($0) }) {
      rest = rest[first...]
      let end = rest.firstIndex(where: TextLines.isBlank) ?? rest.endIndex
      guard numbers.count < most, let number = number(rest[..<end]) else { return numbers.removeAll() }
      numbers.append(number)
      rest = rest[end...]
    }
  }

  private static let powersOfTen = (0...15).reduce(into: [1.0]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }

  /// Parses a finite number. Up to 15 digits, it is the quotient of two exact numbers and thus correctly rounded.
  private static func number(_ word: TextLines.Bytes) -> Double? {
    var (digits, decimals, count, isPastPoint) = (0, 0, 0, false)
    for byte in word {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9") where count < 15:
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        count += 1
        if isPastPoint { decimals += 1 }
      case UInt8(ascii: ".") where !isPastPoint: isPastPoint = true
      default: return Double(String(decoding: word, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
      }
    }
    return count > 0 ? Double(digits) / powersOfTen[decimals] : nil
  }
}
