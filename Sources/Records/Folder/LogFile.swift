import Files
import Foundation

/// A file of an output folder whose rows belong to runs, in the order of the runs.
protocol RunLog {
  var url: URL { get }
  var header: [String] { get }
  /// The rows at the end, as far up as their runs are not `finished`.
  func tail(after finished: Set<String>) throws(RecordsError) -> LogTail
  /// Takes away a tail that the file has now.
  func cut(_ tail: LogTail) throws(RecordsError)
  /// Cuts off what the file has beyond so many bytes.
  func cut(to length: Int) throws(RecordsError)
  /// The bytes that the file has.
  var length: Int { get }
}

/// What stands at the end of a log and does not belong to finished runs.
struct LogTail {
  /// The bytes before it.
  let start: Int
  /// Whether the line before it lacks its line break.
  let lacksBreak: Bool
  /// The text, byte for byte, without blanks at its end; what a crash left of a row stands last.
  let text: Data
  /// The runs that its rows belong to; nil for a row that is cut short before its run is known.
  let runs: Set<String?>
}

/// One CSV file that only grows, by batches of rows that are on disk when the call returns.
///
/// No field holds a line break, so that a line is a row and the file's end can be judged without reading it all.
final class LogFile<Row: CSVRow>: RunLog {
  let url: URL
  private let file: GrowingFile<RecordsError>

  /// Opens `url`, or creates it with its header.
  init(_ url: URL) throws(RecordsError) {
    self.url = url
    let header = csvLine(Row.header)
    if !isAccessible(url.givenPath, F_OK) { try writeWhole(header, to: url) }
    if try !contents(of: url).starts(with: header.utf8) {
      // Saved by another program, with a byte order mark or quotes: once more in our form, or an error that says what it is.
      let rows: [Row] = try CSVTable.read(from: url)
      try CSVTable.write(rows, to: url)
    }
    file = try GrowingFile(path: url.givenPath)
  }

  /// Writes `rows` at the end; after a failure none of them is there.
  func append(_ rows: [Row]) throws(RecordsError) {
    guard !rows.isEmpty else { return }
    let lines = rows.map(\.line)
    guard lines.allSatisfy({ $0.utf8.dropLast().allSatisfy { $0 != lf && $0 != cr } })
    else { throw .unwritable(path: url.path, reason: "a value holds a line break") }
    try file.append(Array(lines.joined().utf8))
  }

  var header: [String] { Row.header }

  func tail(after finished: Set<String>) throws(RecordsError) -> LogTail {
    let data = try contents(of: url)
    var end = Self.endOfContent(data)
    let content = data[..<end]
    var runs: Set<String?> = []
    func isEnded() -> Bool { data[..<end].last == lf }
    if !isEnded(), let line = Self.lastLine(of: data[..<end]) {
      let record = Self.record(of: line)
      let row = record.flatMap { try? CSVTable.row(of: $0, Row.columns, Row.blank, file: url.path) }
      if row == nil {
        runs.insert(record.flatMap { $0.fields.count > 1 ? $0.fields[0] : nil })
        end = line.startIndex
      }
    }
    while let line = Self.lastLine(of: data[..<end]), let run = Self.record(of: line)?.fields.first,
      !finished.contains(run)
    {
      runs.insert(run)
      end = line.startIndex
    }
    return LogTail(start: end, lacksBreak: !isEnded(), text: content[end...], runs: runs)
  }

  var length: Int { file.length }

  func cut(to length: Int) throws(RecordsError) { if length < file.length { try file.truncate(to: length) } }

  func cut(_ tail: LogTail) throws(RecordsError) {
    try cut(to: tail.start)
    if tail.lacksBreak { try file.append([lf]) }
  }

  /// Where the last line that says something ends, its line break included: editors leave blank lines behind it, DOS its
  /// end-of-file mark, and a crash zeros where data was still to come.
  private static func endOfContent(_ data: Data) -> Int {
    let blanks: [UInt8] = [0, lf, cr, 0x1A, UInt8(ascii: " "), UInt8(ascii: "\t")]
    guard let last = data.lastIndex(where: { !blanks.contains($0) }) else { return 0 }
    let lineBreak = data[(last + 1)...].prefix(2)
    return last + 1 + (lineBreak.first == lf ? 1 : lineBreak.elementsEqual([cr, lf]) ? 2 : 0)
  }

  /// The last line below the header; nil if there is none.
  private static func lastLine(of data: Data) -> Data? {
    data.dropLast().lastIndex(of: lf).map { data[($0 + 1)...] }
  }

  /// The record that a line is; nil if it cannot be read.
  private static func record(of line: Data) -> CSVReader.Record? {
    line.withUnsafeBytes { bytes in
      var reader = CSVReader(bytes.assumingMemoryBound(to: UInt8.self))
      return try? reader.next()
    }
  }
}

private let lf = UInt8(ascii: "\n")
private let cr = UInt8(ascii: "\r")
