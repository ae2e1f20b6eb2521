extension String {
  /// At most `length` characters, the middle left out.
  package func shortened(to length: Int) -> String {
    count <= length ? self : prefix(length / 2) + "…" + suffix(length - length / 2 - 1)
  }
}

/// A table for the terminal: the first column to the left, the others to the right, two blanks between.
public struct TextTable {
  public var header: [String]
  public var rows: [[String]]

  public init(header: [String], rows: [[String]] = []) {
    self.header = header
    self.rows = rows
  }

  /// The lines, header and rule first, without blanks at their ends.
  public var text: String {
    let widths = header.indices.map { column in
      ([header] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var line = ""
      for (column, width) in widths.enumerated() {
        let cell = column < cells.count ? cells[column] : ""
        let padding = String(repeating: " ", count: width - cell.count)
        line += column == 0 ? cell + padding : "  " + padding + cell
      }
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * max(0, widths.count - 1)) + "\n"
    return line(header) + rule + rows.map(line).joined()
  }
}
