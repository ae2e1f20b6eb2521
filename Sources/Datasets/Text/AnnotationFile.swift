/// A text file of lines such as `12 some/image.jpg`: a number, a space, a value.
struct AnnotationFile {
  let path: String
  private let lines: [Substring]

  /// Reads a file; throws `invalidAnnotation` if it is missing or no text.
  init(_ path: String) throws(DatasetError) {
    self.path = path
    var file = FileBytes()
    do {
      let text = String(decoding: try file.read(path), as: UTF8.self)
      lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    } catch {
      throw .invalidAnnotation(file: path, line: 0, expected: "a readable text file", found: error.reason)
    }
  }

  /// The values in the order of their numbers, which must be 1, 2, 3 and so on; `meaning` names them in errors.
  func numbered<Value>(
    _ meaning: String, _ parse: (Substring) -> Value?
  ) throws(DatasetError) -> [Value] {
    var values: [Value] = []
    for (index, line) in lines.enumerated() where !line.isEmpty {
      let fields = line.split(separator: " ", maxSplits: 1)
      guard fields.count == 2, Int(fields[0]) == values.count + 1, let value = parse(fields[1].trimming(" ")) else {
        throw .invalidAnnotation(
          file: path, line: index + 1, expected: "\(values.count + 1) and \(meaning)", found: "\"\(line.prefix(80))\"")
      }
      values.append(value)
    }
    return values
  }

  /// The values of all lines that hold one; `meaning` says in errors what a line should be.
  func lines<Value>(_ meaning: String, _ parse: (Substring) -> Value?) throws(DatasetError) -> [Value] {
    var values: [Value] = []
    try each { number, line throws(DatasetError) in
      guard let value = parse(line) else {
        throw .invalidAnnotation(file: path, line: number, expected: meaning, found: "\"\(line.prefix(80))\"")
      }
      values.append(value)
    }
    return values
  }

  /// Calls `body` with the number and text of every line that is not empty.
  func each(_ body: (_ number: Int, _ line: Substring) throws(DatasetError) -> Void) throws(DatasetError) {
    for (index, line) in lines.enumerated() where !line.isEmpty { try body(index + 1, line) }
  }
}
