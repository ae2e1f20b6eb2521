import Files
import Foundation

/// A file of an output folder whose rows belong to runs, in the order of the runs.
protocol RunLog {
  var url: URL { get }
  var header: [String] { get }
  /// The runs that have rows.
  func runs() throws(RecordsError) -> Set<String>
  /// The rows after the last one that belongs to a run in `finished`.
  func tail(after finished: Set<String>) throws(RecordsError) -> LogTail
  /// Removes a tail that the file currently has.
  func cut(_ tail: LogTail) throws(RecordsError)
  /// Truncates the file to `length` bytes, if it is longer.
  func cut(to length: Int) throws(RecordsError)
  /// The length of the file in bytes.
  var length: Int { get }
}

/// The rows at the end of a log that do not belong to finished runs.
struct LogTail {
  /// The offset of the tail, in bytes.
  let start: Int
  /// Whether the line before the tail lacks its line break.
  let lacksBreak: Bool
  /// The text, byte for byte, without trailing blanks; a row cut short by a crash comes last.
  let text: Data
  /// The runs that its rows belong to; nil for a row that is cut short before its run is known.
  let runs: Set<String?>
}

/// An append-only CSV file; a batch of rows is on disk when the call returns.
///
/// No field contains a line break, so each line is a row and the file's end can be checked without reading it all.
final class LogFile<Row: LogRow>: RunLog {
  let url: URL
  private let file: GrowingFile<RecordsError>

  /// Opens the rows' file in `folder`, or creates it with its header.
  init(in folder: URL) throws(RecordsError) {
    url = Row.file.url(in: folder)
    let header = csvLine(Row.header)
    if !isAccessible(url.givenPath, F_OK) { try writeWhole(header, to: url) }
    if try !contents(of: url).starts(with: header.utf8) {
      // Saved by another program, with a byte order mark or quotes: rewrite it in our form, or throw an error.
      let rows: [Row] = try CSVTable.read(from: url)
      try CSVTable.write(rows, to: url)
    }
    file = try GrowingFile(path: url.givenPath)
  }

  /// Appends `rows`; if that fails, none of them is in the file.
  func append(_ rows: [Row]) throws(RecordsError) {
    guard !rows.isEmpty else { return }
    let lines = rows.map(\.line)
    guard lines.allSatisfy({ $0.utf8.dropLast().allSatisfy { $0 != lf && $0 != cr } })
    else { throw .unwritable(path: url.path, reason: "a value holds a line break") }
    try file.append(Array(lines.joined().utf8))
  }

  var header: [String] { Row.header }

  func runs() throws(RecordsError) -> Set<String> {
    var runs: Set<String> = []
    var last = Data()
    for line in try contents(of: url).split(separator: lf).dropFirst() {
      // A run's rows follow each other, so most begin alike.
      if !last.isEmpty, line.starts(with: last) { continue }
      last = line.prefix { $0 != UInt8(ascii: ",") } + [UInt8(ascii: ",")]
      if let run = Self.record(of: line)?.fields.first { runs.insert(run) }
    }
    return runs
  }

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

  /// The end of the last line with content, including its line break: editors leave blank lines after it, DOS its
  /// end-of-file mark, and a crash zeros in place of data.
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

  /// The record on a line; nil if it cannot be parsed.
  private static func record(of line: Data) -> CSVReader.Record? {
    line.withUnsafeBytes { bytes in
      var reader = CSVReader(bytes.assumingMemoryBound(to: UInt8.self))
      return try? reader.next()
    }
  }
}

private let lf = UInt8(ascii: "\n")
private let cr = UInt8(ascii: "\r")
