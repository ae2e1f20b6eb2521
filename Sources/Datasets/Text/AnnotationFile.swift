import Files

/// A text file of lines such as `12 some/image.jpg`: a number, a blank, a value.
///
/// Names may be in any encoding: their bytes are kept, as in `pathText`.
struct AnnotationFile {
  let path: String
  private let lines: [(number: Int, text: String)]

  /// Reads a file; throws `invalidAnnotation` if it is missing or not text.
  init(_ path: String) throws(DatasetError) {
    self.path = path
    var lines: [(Int, String)] = []
    try TextLines(path: path).each { number, line throws(DatasetError) in lines.append((number, pathText(line).trimmed))
    }
    self.lines = lines
  }

  /// The values in the order of their numbers, which must be 1, 2, 3 and so on; `meaning` names them in errors.
  func numbered<Value>(
    _ meaning: String, _ parse: (String) -> Value?
  ) throws(DatasetError) -> [Value] {
    var values: [Value] = []
    try each { number, line throws(DatasetError) in
      guard let (first, rest) = line.splitAtFirstBlank, Int(first) == values.count + 1, let value = parse(rest) else {
        throw damage(at: number, expected: "\(values.count + 1) and \(meaning)", line)
      }
      values.append(value)
    }
    return values
  }

  /// The values of all non-empty lines; `meaning` describes a line in errors.
  func lines<Value>(_ meaning: String, _ parse: (String) -> Value?) throws(DatasetError) -> [Value] {
    var values: [Value] = []
    try each { number, line throws(DatasetError) in
      guard let value = parse(line) else { throw damage(at: number, expected: meaning, line) }
      values.append(value)
    }
    return values
  }

  /// Calls `body` with the number and trimmed text of every non-empty line.
  func each(_ body: (_ number: Int, _ line: String) throws(DatasetError) -> Void) throws(DatasetError) {
    for line in lines { try body(line.number, line.text) }
  }

  /// The error for an invalid line.
  func damage(at number: Int, expected: String, _ line: String) -> DatasetError {
    .invalidAnnotation(file: path, line: number, expected: expected, found: "\"\(line.prefix(80))\"")
  }
}

extension String {
  /// The text without spaces, tabs and no-break spaces at its ends.
  var trimmed: String {
    var rest = unicodeScalars[...]
    while let first = rest.first, first.isBlank { rest.removeFirst() }
    while let last = rest.last, last.isBlank { rest.removeLast() }
    return String(rest)
  }

  /// The words between blanks.
  var fields: [String] { unicodeScalars.split(whereSeparator: \.isBlank).map(String.init) }

  /// The text before and after the first run of blanks; nil if there is no blank.
  var splitAtFirstBlank: (String, String)? {
    guard let blank = unicodeScalars.firstIndex(where: \.isBlank) else { return nil }
    return (String(self[..<blank]), String(self[blank...]).trimmed)
  }

  /// The text before and after the last run of blanks; nil if there is no blank.
  var splitAtLastBlank: (String, String)? {
    guard let blank = unicodeScalars.lastIndex(where: \.isBlank) else { return nil }
    return (String(self[..<blank]).trimmed, String(unicodeScalars[unicodeScalars.index(after: blank)...]))
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\u{A0}" }
}
