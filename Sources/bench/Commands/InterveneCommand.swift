import ArgumentParser
import Datasets
import Explanations
import Figures
import Foundation
import Records

struct InterveneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intervene",
    abstract: "Make trained models look elsewhere, without retraining, and measure what changes.",
    discussion: """
      Writes interventions.csv and the chart looking-elsewhere: top-1 of each head on the test images with the peaks \
      replaced by none (identity), random ones, those of another image (shuffled), a grid, the centre, the annotated \
      places (oracle) or only the strongest k, or with the radii multiplied by 0.5 and 2. Changes are paired by image, \
      with a 95 % interval (BCa bootstrap) and McNemar's exact test with Holm's correction; several seeds are also \
      combined, paired by seed and image. Peaks of equal strength (grid, centre, oracle) go to both branches.
      """)

  @OptionGroup var models: LookingModels

  func run() throws {
    try models.threads.apply()
    let output = try ExplanationOutput(models.named.destination(), table: .interventions)
    let families = try models.openedByFamily()
    let signals = StopSignals()
    var rows: [InterventionRow] = []
    for family in families {
      let tables = try family.map { named, dataset in
        let model = try named.read()
        let isAnnotated = try dataset.annotatedIfPossible().annotations != nil
        if !isAnnotated { complain("\(dataset.name) has no annotations of where to look: no oracle.") }
        let count = WorkCount(model.fileStem)
        let subject = try model.subject(on: dataset)
        let run = try InterventionRun(
          InterventionRun.interventions(isAnnotated: isAnnotated), on: model, dataset: dataset,
          shouldStop: { signals.isStopWanted }, report: count.show
        ) { intervention, answers in try output.found(about: subject + [intervention.name], answers) }
        let table = InterventionTable(run, of: model, dataset: dataset.name)
        Self.show(table.rows, of: model.fileStem)
        return table
      }
      let overSeeds = InterventionTable.rows(overSeeds: tables)
      if let row = overSeeds.first { Self.show(overSeeds, of: "\(row.run), \(counted(tables.count, "seed"))") }
      rows += tables.flatMap(\.rows) + overSeeds
    }
    try output.write(rows) { try LookingElsewhere(of: $0) }
  }

  private static func show(_ rows: [InterventionRow], of name: String) {
    guard let dataset = rows.first?.dataset else { return }
    print(wrapped("\(name): top-1, and its change in points, on \(dataset)"), terminator: "")
    print(InterventionTable.text(rows))
  }
}
