import ArgumentParser
import Figures

struct FiguresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Draw the charts of an output folder again.")

  @Argument(help: "An output folder of ablation or train.")
  var folder: String

  func run() throws {
    let results = try Results(ofFolder: folder)
    let charts = try results.draw()
    try results.renewManifest(drawnBy: DrawingPrograms.current)
    for chart in charts { print("Chart: \(chart.svg.relativePath), \(chart.png.lastPathComponent)") }
  }
}
