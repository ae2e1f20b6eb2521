import ArgumentParser
import Datasets
import Explanations
import Figures
import Foundation
import Records

struct InterveneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intervene",
    abstract: "Make trained models look elsewhere, without training them again, and see what that changes.",
    discussion: """
      Writes interventions.csv and the chart looking-elsewhere: top-1 of each head on the test images with the peaks replaced \
      by none (identity), random ones, those of another image (shuffled), a grid, the middle, the annotated places (oracle), \
      only the strongest k, or with the radii times 0.5 and 2. Changes are paired by image, with a 95 % interval (BCa bootstrap) \
      and McNemar's exact test, corrected by Holm. What is at one strength (grid, centre, oracle) goes to both branches.
      """)

  @OptionGroup var models: LookingModels

  func run() throws {
    try models.threads.apply()
    let output = try ExplanationOutput(models.named.destination(), table: .interventions)
    let opened = try models.opened()
    let signals = StopSignals()
    var rows: [InterventionRow] = []
    for (model, dataset) in opened {
      let isAnnotated = try dataset.annotatedIfPossible().annotations != nil
      if !isAnnotated { complain("\(dataset.name) has no annotations that say where to look: no oracle.") }
      let count = WorkCount(model.fileStem)
      let run = try InterventionRun(
        InterventionRun.interventions(isAnnotated: isAnnotated), on: model, dataset: dataset,
        shouldStop: { signals.isStopWanted }, report: count.show)
      let ofModel = InterventionTable(run, of: model, dataset: dataset.name).rows
      print(wrapped("\(model.fileStem): top-1, and its change in points, on \(dataset.name)"), terminator: "")
      print(InterventionTable.text(ofModel))
      rows += ofModel
    }
    try output.write(rows) { try LookingElsewhere(of: $0) }
  }
}
