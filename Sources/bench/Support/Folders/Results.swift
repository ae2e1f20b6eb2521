import Comparisons
import Figures
import Files
import Foundation
import Interchange
import Records

/// Calls `body` with each element, even if it fails for others, then throws the first error. A figure that cannot be
/// drawn still leaves its data and script, as do those after it.
func eachOf<Element>(_ elements: [Element], _ body: (Element) throws -> Void) throws {
  var first: (any Error)?
  for element in elements {
    do { try body(element) } catch { first = first ?? error }
  }
  if let first { throw first }
}

/// The tables and figures made from the raw files of an output folder: a pure function of them.
struct Results {
  /// Where the raw files are.
  let folder: URL
  /// Where the tables and figures go.
  let destination: URL

  /// The results of an output folder that a user names; throws `noOutputFolder` if it is not one, and `newerSchema`.
  /// Warns if its raw files are not those that the run wrote.
  init(ofFolder path: String) throws(RecordsError) {
    self.init(of: URL(fileURLWithPath: path, isDirectory: true))
    try requireOutputFolder(folder)
    try Manifest.requireKnownSchema(in: folder)
    guard let changes = try? Manifest.changes(in: folder), let first = changes.first else { return }
    warn("\(path) is not as its run left it (\(first)): to see every difference, run bench check.")
  }

  init(of folder: URL, into destination: URL? = nil) {
    self.folder = folder
    self.destination = destination ?? folder
  }

  /// Prints the tables and writes all results, the figures that are there too, and the manifest, as far as possible;
  /// returns the first error.
  func publish() -> (any Error)? {
    let steps: [() throws -> Void] = [
      { print(text(of: try summary())) },
      { try summarize() },
      { if let comparisons = try compareIfPossible() { print(comparisons.table) } },
      {
        for chart in try complete(also: FigureFile.drawn(in: folder)) {
          print("Chart: \(chart.svg.relativePath), \(chart.png.lastPathComponent)")
        }
      },
      {
        let page = folder.appendingPathComponent(RecordsFile.page)
        try ReportPageFile(folders: [folder]).write(to: page)
        print("Report: \(page.relativePath)")
      },
    ]
    defer { print("Results: \(folder.relativePath)") }
    do { try eachOf(steps) { try $0() } } catch { return error }
    return nil
  }

  /// Prints the tables and writes all results, the figures named in `others`, the manifest and the page.
  func drawUp(also others: [String] = []) throws {
    print(text(of: try summary()))
    try summarize()
    if let comparisons = try compareIfPossible() { print(comparisons.table) }
    try complete(also: others)
    try ReportPageFile(folders: [folder]).write(to: folder.appendingPathComponent(RecordsFile.page))
  }

  /// Writes all results, the figures in `others`, and the manifest; throws if a figure that could be drawn here is not.
  func writeAll(also others: [String] = []) throws {
    try summarize()
    try compareIfPossible()
    try complete(also: others, isStrict: true)
  }

  /// Draws the figures, those named in `others` too, if gnuplot is here, and seals the folder. Failures to draw are
  /// warnings, or thrown if `isStrict` and gnuplot is here.
  @discardableResult
  func complete(also others: [String] = [], isStrict: Bool = false) throws -> [FigureFiles] {
    let (charts, failure) = drawEach(also: others)
    switch failure {
    case nil: break
    case FiguresError.records(let error)?: throw error
    case let error as FiguresError where !isStrict || error.isOfAbsentGnuplot: warn("\(error)")
    case let error?: throw error
    }
    try seal(drawnBy: charts.isEmpty ? nil : DrawingPrograms.current)
    return charts
  }

  /// Draws the figures of the runs finished so far; returns false if that fails, which is reported at the end.
  func drawMeanwhile() -> Bool {
    do {
      try compareIfPossible()
      try draw()
      return true
    } catch { return false }
  }

  func summary() throws -> Summary {
    Summary(of: try CSVTable.read(from: RecordsFile.runs.url(in: folder)))
  }

  /// The table of accuracies for the terminal.
  func text(of summary: Summary) -> String {
    summary.table(classes: try? ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder)).dataset.classes.count)
  }

  /// Writes the tables of accuracies and times.
  func summarize() throws {
    try summary().write(to: destination)
    try StageSummaryRow.write(from: folder, to: destination)
  }

  /// Compares the variants with the baseline and with each other, and writes comparisons.csv; returns nil for a folder
  /// of one variant, which has nothing to compare.
  @discardableResult
  func compareIfPossible() throws -> Comparisons? {
    do {
      let comparisons = try Comparisons(of: folder)
      try comparisons.write(to: destination)
      return comparisons
    } catch ComparisonsError.nothingToCompare { return nil }
  }

  /// Draws the chart of accuracies and, if their rows exist, that of the differences in comparisons.csv and the figures
  /// named in `others`.
  func draw(also others: [String] = []) throws {
    if let failure = drawEach(also: others).failure { throw failure }
  }

  /// Draws each figure, even if others fail; returns those drawn, and the first error.
  private func drawEach(also others: [String]) -> (drawn: [FigureFiles], failure: (any Error)?) {
    let names = [FigureFile.accuracy, FigureFile.differences]
    let records = FolderRecords(of: folder)
    var drawn: [FigureFiles] = []
    do {
      try eachOf((names + others).unique()) { name in
        let kind = try FigureKind.named(name)
        do { drawn.append(try kind.figure(of: [records]).render(to: destination)) } catch let error as FiguresError {
          guard name != FigureFile.accuracy, error.saysWhatIsMissing else { throw error }
        }
      }
    } catch { return (drawn, error) }
    return (drawn, nil)
  }

  /// Writes what describes the folder: the crate, and the manifest, which covers the crate too.
  private func seal(drawnBy: [String: String]?, remade: [RecordsFile] = []) throws {
    try describe()
    try Manifest.renew(in: folder, drawnBy: drawnBy, remade: remade)
  }

  /// Writes the folder's RO-Crate.
  func describe() throws { try ResearchCrate(of: folder).write(to: destination) }

  /// Updates the manifest, if there is one, after files were generated again; `remade` were measured again.
  func renewManifest(drawnBy: [String: String]? = nil, remade: [RecordsFile] = []) throws {
    guard isAccessible(RecordsFile.manifest.url(in: folder).givenPath, F_OK) else { return }
    try seal(drawnBy: drawnBy, remade: remade)
  }
}

extension FiguresError {
  fileprivate var isOfAbsentGnuplot: Bool { if case .gnuplotAbsent = self { true } else { false } }
}
