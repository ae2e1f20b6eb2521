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
    try writeWhole(page(), to: file)
  }

  /// The page, with `live` on it if it is served; then runs need not have finished yet. Without `draws` it has no figures.
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

  /// The figures that can be drawn; without a program that draws there are none, which is said.
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

  /// The picture; nil if gnuplot fails at it, which costs the page one figure.
  private func drawn(_ figure: any Figure, in workshop: URL) throws -> Data? {
    do { return try readWhole(figure.render(to: workshop).svg.givenPath) } catch let error as FiguresError {
      if case .gnuplotAbsent = error { throw error }
      warn("the page lacks the figure \(figure.name); to see why, run bench figures FOLDER \(figure.name).")
      return nil
    }
  }
}
