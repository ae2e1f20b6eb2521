/// A table for the terminal: first column left-aligned, the others right-aligned, two spaces between columns.
public struct TextTable {
  public var header: [String]
  public var rows: [[String]]

  public init(header: [String], rows: [[String]] = []) {
    self.header = header
    self.rows = rows
  }

  /// The lines, header and rule first, without trailing spaces; a table wider than the terminal is folded.
  public var text: String { text(width: terminalWidth) }

  /// The lines of at most `width` characters: a wider table is split into stacked parts, each with the first column.
  package func text(width: Int) -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var parts: [[Int]] = [[]]
    for column in widths.indices.dropFirst() {
      let taken = widths[0] + parts[parts.count - 1].reduce(0) { $0 + widths[$1] + 2 }
      if taken + widths[column] + 2 > width, !parts[parts.count - 1].isEmpty { parts.append([]) }
      parts[parts.count - 1].append(column)
    }
    return parts.map { part(widths.isEmpty ? [] : [0] + $0, widths) }.joined(separator: "\n")
  }

  private func part(_ columns: [Int], _ widths: [Int]) -> String {
    func line(_ cells: [String]) -> String {
      var line = ""
      for column in columns {
        let cell = column < cells.count ? cells[column] : ""
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += column == 0 ? cell + padding : "  " + padding + cell
      }
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    let length = columns.reduce(0) { $0 + widths[$1] } + 2 * max(0, columns.count - 1)
    return line(header) + String(repeating: "-", count: length) + "\n" + rows.map(line).joined()
  }
}
