import Datasets
import Experiments
import Figures
import Files
import Foundation
import Records

/// The output folder for a table about where models look, and for its chart.
struct ExplanationOutput {
  let folder: URL
  let table: RecordsFile
  private let workSoFar: WorkSoFar

  /// Throws, before anything is computed, if the table could not be written.
  init(_ folder: URL, table: RecordsFile) throws {
    (self.folder, self.table) = (folder, table)
    workSoFar = try WorkSoFar(before: table.url(in: folder))
    try requireWritable(table.url(in: folder))
  }

  /// Returns what `work` finds about a subject, or what an interrupted run of the same command found.
  func found<Finding: Codable>(about subject: [String], _ work: () throws -> Finding) throws -> Finding {
    try workSoFar.found(about: subject, work)
  }

  /// Writes the rows, draws their chart, and renews the manifest if there is one; without gnuplot the rows are kept.
  func write<Row: CSVRow>(_ rows: [Row], chart: ([Row]) throws -> any Figure) throws {
    try CSVTable.write(rows, to: table.url(in: folder))
    print("Table: \(table.url(in: folder).relativePath)")
    let isDrawn = try draw { try chart(rows) }
    try Results(of: folder).renewManifest(drawnBy: isDrawn ? DrawingPrograms.current : nil, remade: [table])
    workSoFar.remove()
  }

  /// Returns false if there is nothing to draw, or nothing to draw with.
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
  /// Returns what `work` finds, or found before, about a subject; if interrupted, says that the results are kept.
  func found<Finding: Codable>(about subject: [String], _ work: () throws -> Finding) throws -> Finding {
    do { return try answer(to: subject, work) } catch let error as ExperimentError where error == .interrupted {
      complain("Results so far are kept: repeat the command to resume.")
      throw error
    }
  }
}

extension TrainedModel {
  /// What identifies the model and the images that it is run on; any change makes another subject.
  func subject(on images: Dataset? = nil) throws -> [String] {
    let weights = try checksum(of: URL(fileURLWithPath: path))
    guard let images else { return [fileStem, weights] }
    return [fileStem, weights, images.name, try images.version, images.images.reading]
  }
}
