import ArgumentParser
import Datasets
import Explanations
import Figures
import Foundation
import Records

struct LocaliseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "localise",
    abstract: "Measure where trained models look: peaks against boxes and parts of all annotated test images.",
    discussion: """
      Writes localisation.csv and the chart where-it-looks: the share of peaks inside the box; the distance from each \
      part to the nearest peak; peak precision and part recall within 0.05, 0.1 and 0.2 of the box's longer side; and \
      the pointing game within 15 pixels of 224. Intervals are over images, and also over seeds if there are several. \
      For comparison, there are three nulls with as many places: random cells, the image's centre, and the peaks of \
      other images of the class, mapped from box to box.
      """)

  @OptionGroup var models: LookingModels

  func run() throws {
    try models.threads.apply()
    let output = try ExplanationOutput(models.named.destination(), table: .localisation)
    let families = try models.openedByFamily()
    let signals = StopSignals()
    var rows: [LocalisationRow] = []
    for family in families {
      let tables = try family.map { named, dataset in
        let model = try named.read()
        let count = WorkCount(model.fileStem)
        let looks = try output.found(about: model.subject(on: dataset)) {
          try Looks(of: model, on: dataset, shouldStop: { signals.isStopWanted }) {
            count.show($0, of: dataset.test.count)
          }
        }
        return LocalisationTable(looks, of: model, dataset: dataset.name)
      }
      rows += tables.flatMap(\.rows) + LocalisationTable.rows(overSeeds: tables)
    }
    print(Self.table(rows), terminator: "")
    try output.write(rows) { try WhereItLooks(of: $0) }
  }

  /// The main measures of the model and of the nulls, side by side.
  private static func table(_ rows: [LocalisationRow]) -> String {
    let places = rows.map(\.places).unique()
    var table = TextTable(header: ["all peaks, percent"] + places)
    let shown = rows.filter { $0.peaks == PeakSet.all.rawValue && $0.part == nil }
    for row in shown where row.places == LocalisationTable.model {
      let title = [row.run, row.metric, row.tolerance.map { String(format: "%g", $0) }].compactMap { $0 }
      table.rows.append(
        [title.joined(separator: " ")]
          + places.map { name in
            shown.first {
              $0.run == row.run && $0.metric == row.metric && $0.tolerance == row.tolerance && $0.places == name
            }?.value.map(oneDecimal) ?? ""
          })
    }
    return table.text
  }
}
