import ArgumentParser
import Foundation

struct Figures: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Draw the charts of an output folder again.")

  @Argument(help: "An output folder of ablation or train.")
  var folder: String

  func run() throws { try Results(folder: URL(fileURLWithPath: folder, isDirectory: true)).draw() }
}
