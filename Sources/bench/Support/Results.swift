import Comparisons
import Figures
import Foundation
import Records

/// What is drawn up from the raw files of an output folder: table, summary.csv, figures. A pure function of them.
struct Results {
  let folder: URL

  /// Writes all of it and prints the table.
  func publish() throws {
    try summarize()
    // A folder of one variant has nothing to compare.
    do { try compare() } catch ComparisonsError.nothingToCompare {}
    do { try draw() } catch FiguresError.gnuplotAbsent(let script) {
      complain("Warning: \(FiguresError.gnuplotAbsent(script: script))")
    }
    print("Results: \(folder.relativePath)")
  }

  func summarize() throws {
    let summary = Summary(of: try CSVTable.read(from: RecordsFile.runs.url(in: folder)))
    try summary.write(to: folder)
    try StageSummaryRow.write(to: folder)
    print(summary.table)
  }

  /// Compares the variants with `reference`, or the baseline: writes comparisons.csv, prints its table.
  func compare(against reference: String? = nil) throws {
    let comparisons = try Comparisons(of: folder, against: reference)
    try comparisons.write(to: folder)
    print(comparisons.table)
  }

  /// Draws the chart of accuracies, and that of the differences in comparisons.csv, if there are any.
  func draw() throws {
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    let epochs: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder))
    let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    let figure = try VariantAccuracy(
      of: runs, classes: recipe.dataset.classes.count, epochs: epochs.map(\.epoch).max())
    try render(figure)
    let comparisons = RecordsFile.comparisons.url(in: folder)
    guard FileManager.default.fileExists(atPath: comparisons.path) else { return }
    do { try render(Differences(of: CSVTable.read(from: comparisons), runs: runs)) } catch FiguresError.noData {}
  }

  private func render(_ figure: some Figure) throws {
    let files = try figure.render(to: folder)
    print("Chart: \(files.svg.relativePath), \(files.png.lastPathComponent)")
  }
}
