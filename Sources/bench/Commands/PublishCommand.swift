import ArgumentParser
import Files
import Foundation
import Records

struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Make a report to commit of an output folder: its finished runs, tables, charts and a manifest.",
    discussion: """
      The output folder is left as it is, and may be written to meanwhile. An older report is replaced whole, but for its \
      README.md and, if the weights are the same to the bit, what was measured of the models. A stages.csv of more than 1 MB \
      stays behind: its summary is in stages-summary.csv.
      """)

  @Argument(help: ArgumentHelp("An output folder of ablation or train.", valueName: "from"))
  var source: String

  @Argument(help: ArgumentHelp("The report: a new folder, an empty one, or an older report.", valueName: "to"))
  var report: String

  func run() throws {
    let report = try outputFolder(report, option: "<to>")
    let source = URL(fileURLWithPath: source, isDirectory: true)
    warnOfOtherWords(in: report, about: source)
    let figures = (FigureFile.drawn(in: source) + FigureFile.drawn(in: report)).unique()
    try Report.publish(source, to: report) {
      try Results(of: $0).writeAll(also: figures)
    }
    print("Report: \(report.relativePath)")
  }

  /// README.md stays where a report is published in place of an older one, also of another experiment.
  private func warnOfOtherWords(in report: URL, about source: URL) {
    let recipes = [report, source].map { try? ResolvedRecipe.read(from: RecordsFile.recipe.url(in: $0)) }
    guard let older = recipes[0], let newer = recipes[1], let difference = older.differences(to: newer).first,
      isAccessible(report.appendingPathComponent("README.md").givenPath, F_OK)
    else { return }
    warn(
      "\(report.relativePath)/README.md stays, and is about runs whose \(difference.key) is '\(difference.mine)', here "
        + "'\(difference.others)': look it over.")
  }
}
