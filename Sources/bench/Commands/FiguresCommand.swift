import ArgumentParser
import Foundation

struct FiguresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Draw the charts of an output folder again.")

  @Argument(help: "An output folder of ablation or train.")
  var folder: String

  func run() throws { try Results(folder: URL(fileURLWithPath: folder, isDirectory: true)).draw() }
}
