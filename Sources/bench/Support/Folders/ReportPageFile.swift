import Figures
import Files
import Foundation
import Records
import Reports

/// The page of some output folders, with all their figures, which are drawn in a temporary folder.
struct ReportPageFile {
  let folders: [URL]

  /// Draws the figures and writes the page to `file`.
  func write(to file: URL) throws {
    try requireWritable(file)
    try writeWhole(page(), to: file)
  }

  /// Returns the page; with `live` (if it is served) runs need not have finished, without `draws` it has no figures.
  func page(live: LivePart? = nil, draws: Bool = true) throws -> String {
    let records = try FolderRecords.all(of: folders).filter {
      try live == nil || AccuracyTable(of: $0.runs(), []) != nil
    }
    return try withTemporaryFolder { workshop in
      func pictures(of records: [FolderRecords]) throws -> [ReportPage.Picture] {
        draws ? try self.pictures(of: records, in: workshop) : []
      }
      let parts = try records.map { ReportPage.Part($0, try pictures(of: [$0])) }
      let shared = records.count > 1 ? try pictures(of: records) : []
      return try ReportPage(parts, shared: shared, live: live).html()
    }
  }

  /// Returns the figures that can be drawn; none, with a warning, without gnuplot.
  private func pictures(of records: [FolderRecords], in workshop: URL) throws -> [ReportPage.Picture] {
    do {
      return try FigureKind.figures(of: records).drawn.compactMap { kind, figure in
        guard let svg = try drawn(figure, in: workshop) else { return nil }
        return ReportPage.Picture(name: kind.name, summary: kind.summary, svg: svg)
      }
    } catch FiguresError.gnuplotAbsent {
      warn("no gnuplot in PATH: the page has no figures (apt-get install gnuplot-nox).")
      return []
    }
  }

  /// Returns the picture; nil, with a warning, if gnuplot fails, which costs the page one figure.
  private func drawn(_ figure: any Figure, in workshop: URL) throws -> Data? {
    do { return try readWhole(figure.render(to: workshop).svg.givenPath) } catch let error as FiguresError {
      if case .gnuplotAbsent = error { throw error }
      warn("the page lacks the figure \(figure.name); to see why, run bench figures FOLDER \(figure.name).")
      return nil
    }
  }
}
