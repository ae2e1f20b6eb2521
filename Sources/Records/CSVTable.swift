import Foundation

/// A row of one kind of CSV file: its columns are named here and nowhere else.
public protocol CSVRow: Sendable {
  /// The columns in their order; the raw values are the names in the file.
  associatedtype Column: RawRepresentable<String> & CaseIterable & Hashable & Sendable
  init(_ record: CSVRecord<Column>) throws(RecordsError)
  /// The text of the field under `column`.
  func field(_ column: Column) -> String
}

extension CSVRow {
  static var header: [String] { Column.allCases.map(\.rawValue) }
  var line: String { csvLine(Column.allCases.map(field)) }
}

/// One record of a file, read by column.
public struct CSVRecord<Column: RawRepresentable<String> & CaseIterable & Hashable> {
  let fields: [String]
  let positions: [Column: Int]
  let file: String
  let line: Int

  /// The value under `column`.
  public subscript<Value: CSVField>(column: Column) -> Value {
    get throws(RecordsError) {
      let text = positions[column].map { fields[$0] } ?? ""
      guard let value = Value(field: text) else {
        throw .wrongField(
          file: file, line: line, column: column.rawValue, expected: Value.expectation, found: text)
      }
      return value
    }
  }
}

/// Whole files of rows of one kind.
public enum CSVTable {
  /// Reads all rows of `file`, which has to end with a whole line.
  public static func read<Row: CSVRow>(_ type: Row.Type = Row.self, from file: URL) throws(RecordsError) -> [Row] {
    let positions = Dictionary(uniqueKeysWithValues: Row.Column.allCases.enumerated().map { ($1, $0) })
    let path = file.path
    var rows: [Row] = []
    let scanned = try scan(file, header: Row.header) { (record) throws(RecordsError) in
      rows.append(
        try Row(CSVRecord(fields: record.fields, positions: positions, file: path, line: record.line)))
    }
    if let line = scanned.tornLine {
      throw .malformed(file: file.path, line: line, problem: "the line is cut short: the file ends within it")
    }
    return rows
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
