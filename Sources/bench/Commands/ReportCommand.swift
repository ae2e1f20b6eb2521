import ArgumentParser
import Foundation
import Records

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write one page of HTML about output folders, which needs nothing beside it.",
    discussion: """
      The page holds what was asked and what came out, the table of verdicts, all figures, recipe, environment, the commands \
      that repeat it, and the raw files as far as there is room: it has at most 5 MB and asks for nothing over the network. \
      Several folders stand side by side on one page.
      """)

  @Argument(help: "Output folders of ablation or train.")
  var folders: [String]

  @Option(
    help: ArgumentHelp("The file to write (default: report.html in the folder; needed for several).", valueName: "file")
  )
  var out: String?

  func run() throws {
    guard folders.count == 1 || out != nil else {
      throw ValidationError("A page of \(folders.count) folders is that of none: name the file with --out.")
    }
    let named = try out.map { try outputFile($0, option: "--out") }
    let folders = try folders.map { try Results(ofFolder: $0).folder }
    let file = named ?? folders[0].appendingPathComponent(RecordsFile.page)
    try ReportPageFile(folders: folders).write(to: file)
    print("Report: \(file.relativePath)")
  }
}
