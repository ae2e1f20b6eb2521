import Files
import Foundation

/// One inconsistency in a report: where it is, what was expected, and what was found.
public struct Finding: Equatable, Sendable, CustomStringConvertible {
  public var file: String
  /// The row, key or run in the file; empty if it concerns the whole file.
  public var place: String
  public var expected: String
  public var found: String

  public init(_ file: RecordsFile, _ place: String = "", expected: String, found: String) {
    self.init(file: file.rawValue, place, expected: expected, found: found)
  }

  public init(file: String, _ place: String = "", expected: String, found: String) {
    self.file = file
    self.place = place
    self.expected = expected
    self.found = found
  }

  public var description: String {
    printable("\(file)\(place.isEmpty ? "" : ", ")\(place): expected \(expected), found \(found)", limit: 2000)
  }

  /// The first difference between `made`, as generated now, and `kept`, the contents of `file` from line `fromLine` on;
  /// nil if they are equal.
  public static func difference(
    file: String, _ place: String = "", fromLine: Int = 1, made: Data, kept: Data
  ) -> Finding? {
    guard made != kept else { return nil }
    let isText = String(validating: made, as: UTF8.self) != nil && String(validating: kept, as: UTF8.self) != nil
    guard isText else {
      return Finding(
        file: file, place, expected: "the picture as it is drawn again", found: "another one of \(kept.count) bytes")
    }
    let (expected, found) = (lines(of: made), lines(of: kept))
    let index = zip(expected, found).prefix { $0 == $1 }.count
    func line(_ lines: [Substring]) -> String { index < lines.count ? "'\(lines[index].prefix(200))'" : "no such line" }
    return Finding(
      file: file, "line \(fromLine + index)" + (place.isEmpty ? "" : ", \(place)"), expected: line(expected),
      found: line(found))
  }

  private static func lines(of data: Data) -> [Substring] {
    String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }
}

extension CSVRow {
  /// The line of the row at `index`: the first row below the header is line 2.
  static func line(ofRow index: Int) -> String { "line \(index + 2)" }
}

/// A finding for each repeated key, at the row that repeats it.
func repetitions<Row: CSVRow, Key: Hashable>(
  in file: RecordsFile, _ rows: [Row], key: (Row) -> Key, describe: (Row) -> String
) -> [Finding] {
  var lines: [Key: Int] = [:]
  return rows.enumerated().compactMap { index, row in
    guard let first = lines.updateValue(index, forKey: key(row)) else { return nil }
    return Finding(
      file, Row.line(ofRow: index), expected: "\(describe(row)) once", found: "it again after \(Row.line(ofRow: first))"
    )
  }
}
