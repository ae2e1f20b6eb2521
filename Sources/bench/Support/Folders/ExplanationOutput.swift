import Datasets
import Experiments
import Figures
import Files
import Foundation
import Records

/// Where a table about models' looking goes, with its chart beside it.
struct ExplanationOutput {
  let folder: URL
  let table: RecordsFile
  private let workSoFar: WorkSoFar

  /// Throws if the table could not be written, before anything is computed.
  init(_ folder: URL, table: RecordsFile) throws {
    (self.folder, self.table) = (folder, table)
    workSoFar = try WorkSoFar(before: table.url(in: folder))
    try requireWritable(table.url(in: folder))
  }

  /// What `work` finds about a subject, at once if the same command was ended after it had been found.
  func found<Finding: Codable>(about subject: [String], _ work: () throws -> Finding) throws -> Finding {
    try workSoFar.found(about: subject, work)
  }

  /// Writes the rows and draws their chart, and renews the manifest if there is one; without gnuplot the rows are kept.
  func write<Row: CSVRow>(_ rows: [Row], chart: ([Row]) throws -> any Figure) throws {
    try CSVTable.write(rows, to: table.url(in: folder))
    print("Table: \(table.url(in: folder).relativePath)")
    let isDrawn = try draw { try chart(rows) }
    try Results(of: folder).renewManifest(drawnBy: isDrawn ? DrawingPrograms.current : nil, remade: [table])
    workSoFar.remove()
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

extension WorkSoFar {
  /// What `work` finds about a subject, at once if it was found before; where it is interrupted, says that the rest is kept.
  func found<Finding: Codable>(about subject: [String], _ work: () throws -> Finding) throws -> Finding {
    do { return try answer(to: subject, work) } catch let error as ExperimentError where error == .interrupted {
      complain("Results so far are kept: repeat the command to resume.")
      throw error
    }
  }
}

extension TrainedModel {
  /// What it and the images that it is asked about are known by: others are another subject.
  func subject(on images: Dataset? = nil) throws -> [String] {
    let weights = try checksum(of: URL(fileURLWithPath: path))
    guard let images else { return [fileStem, weights] }
    return [fileStem, weights, images.name, try images.version, images.images.reading]
  }
}
