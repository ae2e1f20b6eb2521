import Figures
import Files
import Foundation
import Records
import Reports

/// The page of some output folders: their figures are drawn aside, and it holds all of them.
struct ReportPageFile {
  let folders: [URL]

  /// Draws the figures and writes the page to `file`.
  func write(to file: URL) throws {
    try requireWritable(file)
    let workshop = FileManager.default.temporaryDirectory.appendingPathComponent("bench-report-\(UUID().uuidString)")
    try makeFolder(workshop.givenPath, failingAs: RecordsError.self)
    defer { removeTree(workshop.givenPath) }
    let records = folders.map { FolderRecords(of: $0) }
    let parts = try records.map { ReportPage.Part($0, try pictures(of: [$0], in: workshop)) }
    let shared = records.count > 1 ? try pictures(of: records, in: workshop) : []
    try writeWhole(ReportPage(parts, shared: shared).html(), to: file)
  }

  /// The figures that can be drawn; without a program that draws there are none, which is said.
  private func pictures(of records: [FolderRecords], in workshop: URL) throws -> [ReportPage.Picture] {
    do {
      return try FigureKind.figures(of: records).drawn.map { kind, figure in
        let svg = try figure.render(to: workshop).svg
        return ReportPage.Picture(name: kind.name, summary: kind.summary, svg: try readWhole(svg.givenPath))
      }
    } catch FiguresError.gnuplotAbsent {
      complain("Warning: no gnuplot in PATH: the page has no figures (apt-get install gnuplot-nox).")
      return []
    }
  }
}
