import Foundation

/// A row of one kind of CSV file.
public protocol CSVRow: Sendable {
  /// The columns in their order: named here and nowhere else.
  static var columns: [CSVColumn<Self>] { get }
  /// A row to read the fields of another into.
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
  /// Sets the property from a field's text; false if the text does not hold such a value.
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

/// Whole files of rows of one kind.
public enum CSVTable {
  /// Reads all rows of `file`, which has to end with a whole line.
  public static func read<Row: CSVRow>(_ type: Row.Type = Row.self, from file: URL) throws(RecordsError) -> [Row] {
    var rows: [Row] = []
    try forEach(Row.self, in: file) { rows.append($0) }
    return rows
  }

  /// Calls `body` with each row of `file`, one at a time: for files too long to keep.
  public static func forEach<Row: CSVRow>(
    _ type: Row.Type, in file: URL, _ body: (Row) -> Void
  ) throws(RecordsError) {
    let (columns, blank) = (Row.columns, Row.blank)
    let scanned = try scan(file, header: Row.header) { (record) throws(RecordsError) in
      var row = blank
      for (column, text) in zip(columns, record.fields) where !column.read(text, &row) {
        throw .wrongField(
          file: file.path, line: record.line, column: column.name, expected: column.expectation, found: text)
      }
      body(row)
    }
    if let line = scanned.tornLine {
      throw .malformed(file: file.path, line: line, problem: "the line is cut short: the file ends within it")
    }
  }

  /// Writes `rows` and their header as the whole of `file`.
  public static func write<Row: CSVRow>(_ rows: [Row], to file: URL) throws(RecordsError) {
    try writeWhole(csvLine(Row.header) + rows.map(\.line).joined(), to: file)
  }

  /// Calls `body` with each whole record below the header; gives the bytes that whole records take, and the line of a
  /// last one that is cut short.
  static func scan(
    _ file: URL, header: [String], _ body: (CSVReader.Record) throws(RecordsError) -> Void
  ) throws(RecordsError) -> (wholeBytes: Int, tornLine: Int?) {
    let data = try contents(of: file)
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(RecordsError) in
        try scan(bytes.assumingMemoryBound(to: UInt8.self), file: file.path, header: header, body)
      }
    }
    return try result.get()
  }

  private static func scan(
    _ text: UnsafeBufferPointer<UInt8>, file: String, header: [String],
    _ body: (CSVReader.Record) throws(RecordsError) -> Void
  ) throws(RecordsError) -> (wholeBytes: Int, tornLine: Int?) {
    var reader = CSVReader(text)
    var wholeBytes = 0
    while true {
      let record: CSVReader.Record?
      do throws(CSVReader.Failure) { record = try reader.next() } catch {
        switch error {
        case .torn(let line) where wholeBytes > 0: return (wholeBytes, line)
        case .torn: throw .wrongHeader(file: file, expected: header, found: [])
        case .malformed(let line, let problem): throw .malformed(file: file, line: line, problem: problem)
        }
      }
      if wholeBytes == 0 {
        guard let record, record.fields == header else {
          throw .wrongHeader(file: file, expected: header, found: record?.fields ?? [])
        }
      } else {
        guard let record else { return (wholeBytes, nil) }
        guard record.fields.count == header.count else {
          throw .malformed(
            file: file, line: record.line,
            problem: "there are \(record.fields.count) fields where the header names \(header.count)")
        }
        try body(record)
      }
      wholeBytes = reader.position
    }
  }
}
