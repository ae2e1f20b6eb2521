import Files
import Foundation

/// A row of one kind of CSV file.
public protocol CSVRow: Sendable {
  /// The columns in order: named only here.
  static var columns: [CSVColumn<Self>] { get }
  /// A row into which fields are read.
  static var blank: Self { get }
}

extension CSVRow {
  static var header: [String] { columns.map(\.name) }
  var line: String { csvLine(Self.columns.map { $0.text(self) }) }
}

/// One column: its name and the property that it holds.
public struct CSVColumn<Row>: Sendable {
  public let name: String
  let expectation: String
  let text: @Sendable (Row) -> String
  /// Sets the property from a field's text; returns false if the text is not a valid value.
  let read: @Sendable (String, inout Row) -> Bool

  public init<Value: CSVField>(_ name: String, _ property: WritableKeyPath<Row, Value> & Sendable) {
    self.name = name
    expectation = Value.expectation
    text = { $0[keyPath: property].field }
    read = { text, row in
      guard let value = Value(field: text) else { return false }
      row[keyPath: property] = value
      return true
    }
  }
}

/// Reading and writing whole files of rows of one kind.
public enum CSVTable {
  /// Reads all rows of `file` as `read` does; returns nil if there is no such file.
  public static func readIfPresent<Row: CSVRow>(
    _ type: Row.Type = Row.self, from file: URL
  ) throws(RecordsError) -> [Row]? {
    isAccessible(file.givenPath, F_OK) ? try read(type, from: file) : nil
  }

  /// Reads all rows of `file`; a last line without a line break is an error, as its last number may be cut short.
  public static func read<Row: CSVRow>(_ type: Row.Type = Row.self, from file: URL) throws(RecordsError) -> [Row] {
    var rows: [Row] = []
    try forEach(type, in: file) { rows.append($0) }
    return rows
  }

  /// Calls `body` with each row of `file` in turn: for files too long to keep in memory.
  public static func forEach<Row: CSVRow>(
    _ type: Row.Type, in file: URL, _ body: (Row) -> Void
  ) throws(RecordsError) {
    if let tear = try scan(type, in: file, mayLackLastBreak: false, body) {
      throw .malformed(
        file: file.path, line: tear.line,
        problem: "the line is truncated or lacks its line break, as the file ends within it. To finish an interrupted "
          + "run, repeat its command")
    }
  }

  /// The fields of the first `most` records of `file`, including the header, whatever its columns.
  public static func fields(of file: URL, most: Int) throws(RecordsError) -> [[String]] {
    let data = try contents(of: file)
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(RecordsError) in
        var reader = CSVReader(bytes.assumingMemoryBound(to: UInt8.self))
        var records: [[String]] = []
        while records.count < most, let record = try record(from: &reader, of: file.path) {
          records.append(record.fields)
        }
        return records
      }
    }
    return try result.get()
  }

  /// Writes `rows` and their header as the whole of `file`.
  public static func write<Row: CSVRow>(_ rows: [Row], to file: URL) throws(RecordsError) {
    try writeWhole(csvLine(Row.header) + rows.map(\.line).joined(), to: file)
  }

  /// Rewrites `file` with the rows that `change` makes of its rows (none if there is no file); concurrent processes
  /// wait for each other. Returns the new rows.
  @discardableResult
  public static func update<Row: CSVRow>(_ file: URL, _ change: ([Row]) -> [Row]) throws(RecordsError) -> [Row] {
    let lock = try FolderLock(file.deletingLastPathComponent(), tries: 500)
    defer { withExtendedLifetime(lock) {} }
    let rows = try change(readIfPresent(from: file) ?? [])
    try write(rows, to: file)
    return rows
  }

  /// A last line that ends before it is a complete row.
  struct Tear: Equatable {
    var line: Int
    var text: String

    /// Whether it may belong to the run: it may be cut short within the run's name, which comes first.
    func isPart(ofRun runID: String) -> Bool { csvLine([runID]).hasPrefix(text.prefix { $0 != "," }) }
  }

  /// Reads all rows of `file`, and separately a last line that is cut short; one that only lacks its break is a row.
  static func readToTear<Row: CSVRow>(
    _ type: Row.Type = Row.self, from file: URL
  ) throws(RecordsError) -> (rows: [Row], tear: Tear?) {
    var rows: [Row] = []
    let tear = try scan(type, in: file, mayLackLastBreak: true) { rows.append($0) }
    return (rows, tear)
  }

  /// Calls `body` with each row; returns the last line if it is cut short.
  private static func scan<Row: CSVRow>(
    _ type: Row.Type, in file: URL, mayLackLastBreak: Bool, _ body: (Row) -> Void
  ) throws(RecordsError) -> Tear? {
    let data = try contents(of: file)
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(RecordsError) in
        try scan(type, bytes.assumingMemoryBound(to: UInt8.self), file: file.path, mayLackLastBreak, body)
      }
    }
    return try result.get()
  }

  private static func scan<Row: CSVRow>(
    _ type: Row.Type, _ text: UnsafeBufferPointer<UInt8>, file: String, _ mayLackLastBreak: Bool, _ body: (Row) -> Void
  ) throws(RecordsError) -> Tear? {
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw .malformed(file: file, line: 1, problem: "the text is UTF-16, but UTF-8 is needed")
    }
    // A crash may leave zeros in place of data.
    let end = text.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    var reader = CSVReader(UnsafeBufferPointer(rebasing: text[..<end]))
    guard let header = try record(from: &reader, of: file), header.fields.map(trimmed) == Row.header else {
      throw .wrongHeader(file: file, expected: Row.header, found: firstLine(of: text))
    }
    let (columns, blank) = (Row.columns, Row.blank)
    while true {
      let start = reader.position
      func tear(_ line: Int) -> Tear { Tear(line: line, text: String(decoding: text[start...], as: UTF8.self)) }
      let record: CSVReader.Record?
      do throws(CSVReader.Failure) { record = try reader.next() } catch {
        if case .torn(let line) = error { return tear(line) }
        throw RecordsError(error, file: file)
      }
      guard let record else { return nil }
      // Editors leave blank lines, and DOS its end-of-file mark.
      if record.fields.count == 1, columns.count > 1, trimmed(record.fields[0]).isEmpty { continue }
      guard record.isEnded || mayLackLastBreak else { return tear(record.line) }
      do throws(RecordsError) { body(try row(of: record, columns, blank, file: file)) } catch {
        guard record.isEnded else { return tear(record.line) }
        throw error
      }
    }
  }

  private static func record(
    from reader: inout CSVReader, of file: String
  ) throws(RecordsError) -> CSVReader.Record? {
    do throws(CSVReader.Failure) { return try reader.next() } catch { throw RecordsError(error, file: file) }
  }

  /// The row that a record holds.
  static func row<Row: CSVRow>(
    of record: CSVReader.Record, _ columns: [CSVColumn<Row>], _ blank: Row, file: String
  ) throws(RecordsError) -> Row {
    guard record.fields.count == columns.count else {
      throw .malformed(
        file: file, line: record.line,
        problem: "there are \(record.fields.count) fields, but the header names \(columns.count)")
    }
    var row = blank
    for (column, text) in zip(columns, record.fields)
    where !column.read(text, &row) && !column.read(trimmed(text), &row) {
      throw .wrongField(
        file: file, line: record.line, column: column.name, expected: column.expectation, found: text)
    }
    return row
  }
}

extension RecordsError {
  fileprivate init(_ failure: CSVReader.Failure, file: String) {
    switch failure {
    case .torn(let line): self = .malformed(file: file, line: line, problem: "a quote is never closed")
    case .malformed(let line, let problem): self = .malformed(file: file, line: line, problem: problem)
    }
  }
}

/// Without leading and trailing white space, byte order marks and DOS's end-of-file mark.
private func trimmed(_ text: String) -> String {
  text.trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{1A}", "\u{FEFF}"]))
}

/// For messages.
private func firstLine(of text: UnsafeBufferPointer<UInt8>) -> String {
  trimmed(String(decoding: text.prefix(4096).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
}
