import ArgumentParser
import Foundation
import Records

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a self-contained HTML page about output folders.",
    discussion: """
      The page holds the questions and results, the table of verdicts, all figures, recipe, environment, the commands \
      to repeat it, and as many of the raw files as fit: it is at most 5 MB and loads nothing over the network. \
      Several folders appear side by side on one page.
      """)

  @Argument(help: "Output folders of bench ablation or bench train.")
  var folders: [String]

  @Option(
    help: ArgumentHelp("File to write (default: report.html in the folder; required for several).", valueName: "file")
  )
  var out: String?

  func run() throws {
    guard folders.count == 1 || out != nil else {
      throw ValidationError("A page of \(folders.count) folders belongs to none of them: name the file with --out.")
    }
    let named = try out.map { try outputFile($0, option: "--out") }
    let folders = try folders.map { try Results(ofFolder: $0).folder }
    let file = named ?? folders[0].appendingPathComponent(RecordsFile.page)
    try ReportPageFile(folders: folders).write(to: file)
    print("Report: \(file.relativePath)")
  }
}
