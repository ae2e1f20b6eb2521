import ArgumentParser
import Foundation

struct Summarize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the table of an output folder again and write its summary.csv.")

  @Argument(help: "An output folder of ablation or train.")
  var folder: String

  func run() throws { try Results(folder: URL(fileURLWithPath: folder, isDirectory: true)).summarize() }
}
