import Figures
import Files
import Foundation
import Records

/// Where a table about models' looking goes, with its chart beside it.
struct ExplanationOutput {
  let folder: URL
  let table: RecordsFile

  /// Throws if the table could not be written, before anything is computed.
  init(_ folder: URL, table: RecordsFile) throws {
    (self.folder, self.table) = (folder, table)
    try requireWritable(table.url(in: folder))
  }

  /// Writes the rows and draws their chart, and renews the manifest if there is one; without gnuplot the rows are kept.
  func write<Row: CSVRow>(_ rows: [Row], chart: ([Row]) throws -> any Figure) throws {
    try CSVTable.write(rows, to: table.url(in: folder))
    print("Table: \(table.url(in: folder).relativePath)")
    let isDrawn = try draw { try chart(rows) }
    try Results(of: folder).renewManifest(drawnBy: isDrawn ? DrawingPrograms.current : nil, remade: [table])
  }

  /// False if there is nothing to draw, or nothing to draw with.
  private func draw(_ chart: () throws -> any Figure) throws -> Bool {
    do {
      let files = try chart().render(to: folder)
      print("Chart: \(files.svg.relativePath), \(files.png.lastPathComponent)")
      return true
    } catch let error as FiguresError {
      warn("\(error)")
      return false
    }
  }
}
