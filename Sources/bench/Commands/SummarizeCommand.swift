import ArgumentParser
import Foundation

struct SummarizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Print the table of an output folder again and write its summary.csv.")

  @Argument(help: "An output folder of ablation or train.")
  var folder: String

  func run() throws { try Results(folder: URL(fileURLWithPath: folder, isDirectory: true)).summarize() }
}
