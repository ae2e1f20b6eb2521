import ArgumentParser
import Files
import Foundation
import Records

struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Make a report to commit from an output folder: finished runs, tables, charts and a manifest.",
    discussion: """
      The output folder is left unchanged and may be written to meanwhile. An older report is replaced completely, \
      except its README.md and, if the weights are bit-identical, measurements of the models. A stages.csv of more \
      than 1 MB is left out: stages-summary.csv has its summary.
      """)

  @Argument(help: ArgumentHelp("Output folder of bench ablation or bench train.", valueName: "from"))
  var source: String

  @Argument(help: ArgumentHelp("Report: a new or empty folder, or an older report.", valueName: "to"))
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

  /// Warns if the README.md that is kept from an older report describes runs of another recipe.
  private func warnOfOtherWords(in report: URL, about source: URL) {
    let recipes = [report, source].map { try? ResolvedRecipe.read(from: RecordsFile.recipe.url(in: $0)) }
    guard let older = recipes[0], let newer = recipes[1], let difference = older.differences(to: newer).first,
      isAccessible(report.appendingPathComponent("README.md").givenPath, F_OK)
    else { return }
    warn(
      "\(report.relativePath)/README.md is kept, but is about runs whose \(difference.key) is '\(difference.mine)'; "
        + "here it is '\(difference.others)': review the text.")
  }
}
