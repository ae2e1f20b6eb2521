import Figures
import Foundation
import Records

/// What is drawn up from the raw files of an output folder: tables and figures. A pure function of them.
struct Results {
  /// Where the raw files are.
  let folder: URL
  /// Where what is drawn up goes.
  let destination: URL

  init(of folder: URL, into destination: URL? = nil) {
    self.folder = folder
    self.destination = destination ?? folder
  }

  /// Writes all of it and the manifest, and prints the table.
  func publish() throws {
    print(try summarize().table)
    if let chart = try complete() { print("Chart: \(chart.svg.relativePath), \(chart.png.lastPathComponent)") }
    print("Results: \(folder.relativePath)")
  }

  /// Draws the figures, if anything here draws, and writes the manifest.
  @discardableResult
  func complete() throws -> FigureFiles? {
    var chart: FigureFiles?
    do { chart = try draw() } catch FiguresError.gnuplotAbsent(let script) {
      complain("Warning: \(FiguresError.gnuplotAbsent(script: script))")
    }
    try Manifest.renew(in: folder, drawnBy: chart == nil ? nil : DrawingPrograms.current)
    return chart
  }

  /// Writes the tables.
  @discardableResult
  func summarize() throws -> Summary {
    let summary = Summary(of: try CSVTable.read(from: RecordsFile.runs.url(in: folder)))
    try summary.write(to: destination)
    try StageSummaryRow.write(from: folder, to: destination)
    return summary
  }

  /// Draws the chart of accuracies.
  @discardableResult
  func draw() throws -> FigureFiles {
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    let epochs: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder))
    let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    let figure = try VariantAccuracy(
      of: runs, classes: recipe.dataset.classes.count, epochs: epochs.map(\.epoch).max())
    return try figure.render(to: destination)
  }

  /// Brings the manifest, if there is one, up to date with what was drawn up again.
  func renewManifest(drawnBy: [String: String]? = nil) throws {
    guard FileManager.default.fileExists(atPath: RecordsFile.manifest.url(in: folder).path) else { return }
    try Manifest.renew(in: folder, drawnBy: drawnBy)
  }
}
