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
  func write<Row: CSVRow>(_ rows: [Row], _ chart: ([Row]) throws -> any Figure) throws {
    try CSVTable.write(rows, to: table.url(in: folder))
    print("Table: \(table.url(in: folder).relativePath)")
    var isDrawn = false
    do {
      let files = try chart(rows).render(to: folder)
      isDrawn = true
      print("Chart: \(files.svg.relativePath), \(files.png.lastPathComponent)")
    } catch let error as FiguresError { complain("Warning: \(error)") }
    guard isAccessible(RecordsFile.manifest.url(in: folder).givenPath, F_OK) else { return }
    try Manifest.renew(in: folder, drawnBy: isDrawn ? DrawingPrograms.current : nil, remade: [table])
  }
}
