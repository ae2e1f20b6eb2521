import Foundation

/// One CSV file that only grows, by batches of rows that are on disk when the call returns.
///
/// No field holds a line break, so that a line is a row and the file's end can be judged without reading it all.
final class LogFile<Row: CSVRow> {
  let url: URL
  private let file: OpenFile

  /// Opens `url`, or creates it with its header; a last line that a crash cut short is removed.
  init(_ url: URL) throws(RecordsError) {
    self.url = url
    let header = csvLine(Row.header)
    if access(url.path, F_OK) != 0 { try writeWhole(header, to: url) }
    file = try OpenFile(appendingTo: url.path)
    let data = try contents(of: url)
    guard data.starts(with: header.utf8) else {
      let firstLine = String(decoding: data.prefix(4096).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      throw .wrongHeader(file: url.path, expected: Row.header, found: firstLine.isEmpty ? [] : [firstLine])
    }
    let end = data.last == UInt8(ascii: "\n") ? data.endIndex : Self.startOfLastLine(of: data)
    tornText = data[end...].isEmpty ? nil : String(decoding: data[end...], as: UTF8.self)
    if tornText != nil { try file.truncate(to: end) }
  }

  /// The beginning of a row that a crash cut short; it is no longer in the file.
  let tornText: String?

  /// Writes `rows` at the end; after a failure none of them is there.
  func append(_ rows: [Row]) throws(RecordsError) {
    guard !rows.isEmpty else { return }
    let lines = rows.map(\.line)
    guard lines.allSatisfy({ $0.utf8.dropLast().allSatisfy { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") } })
    else { throw .unwritable(path: url.path, reason: "a value holds a line break") }
    let length = file.length
    do throws(RecordsError) { try file.write(lines.joined()) } catch {
      try? file.truncate(to: length)
      throw error
    }
  }

  /// Removes the rows at the end whose run `isLeftOver`.
  func cutTrailingRows(while isLeftOver: (_ runID: String) -> Bool) throws(RecordsError) {
    let data = try contents(of: url)
    var end = data.endIndex
    while let row = Self.lastRow(of: data[..<end]), isLeftOver(row.runID) { end = row.start }
    if end < data.endIndex { try file.truncate(to: end) }
  }

  /// The run of the last row; nil where there are no rows.
  var lastRunID: String? {
    get throws(RecordsError) { Self.lastRow(of: try contents(of: url))?.runID }
  }

  /// Where the last row begins, and its first field; nil if there is only the header, or no row can be read.
  private static func lastRow(of data: Data) -> (start: Int, runID: String)? {
    let start = startOfLastLine(of: data.dropLast())
    guard start > 0 else { return nil }
    return data[start...].withUnsafeBytes { bytes in
      var reader = CSVReader(bytes.assumingMemoryBound(to: UInt8.self))
      return (try? reader.next())?.fields.first.map { (start, $0) }
    }
  }

  private static func startOfLastLine(of data: Data) -> Int {
    data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }
}
