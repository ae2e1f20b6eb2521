import ArgumentParser
import Files
import Foundation
import Performance
import Records
import Tensors

extension RooflineCommand {
  /// Times a model's layers and whole steps and compares them with the limits, which are measured first.
  func measureLayers(of model: String) throws {
    var steps = try network.benchmark(of: model)
    let precision = features.precision ?? .fp32
    (steps.rounds, steps.precision, steps.warmUp) = (rounds, precision, 1)
    let benchmark = try LayerBenchmark(steps)
    let folder = try outputFolder(out ?? Self.usualFolder)
    try makeFolder(folder.givenPath, failingAs: RecordsError.self)
    let file = folder.appendingPathComponent("layers.csv")
    try requireWritable(file)
    _ = try CSVTable.readIfPresent(LayerRow.self, from: file)
    let rows = try benchmark.run(on: .measure(rounds: 20), goOn: Watch("\(model) in \(precision.rawValue): parts").goOn)
    print(table(rows).text, terminator: "")
    // Rows measured in another precision are kept.
    try CSVTable.update(file) { $0.filter { $0.subject.precision != precision.rawValue } + rows }
    if rows.contains(where: { $0.status == .busy }) {
      print("NOT FINAL: the machine was busy. Repeat when it is idle.")
    }
    try PerformanceCharts(folder: folder).draw()
  }

  private func table(_ rows: [LayerRow]) -> TextTable {
    var table = TextTable(header: ["layer", "pass", "times", "ms", "GFLOP/s", "of limit"])
    table.rows = rows.map { row in
      [
        row.shortLayer, row.pass, "\(row.count)",
        String(format: "%.3f", 1e-6 * row.medianNanoseconds),
        String(format: "%.1f", row.executedFlops / max(row.medianNanoseconds, 1)),
        String(format: "%.1f %%", 100 * row.shareOfLimit),
      ]
    }
    return table
  }
}
