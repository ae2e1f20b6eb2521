import ArgumentParser
import Files
import Foundation
import Performance
import Records
import Timing

/// Numbers of threads in one argument: a list of numbers and ranges, such as 1,2,4, 1-64 or 1..64.
struct ThreadNumbers: ExpressibleByArgument {
  let numbers: [Int]

  init?(argument: String) {
    guard let list = SeedList.list(argument.replacing(" ", with: "").replacing("..", with: "-")) else { return nil }
    numbers = Set(list.map { Int(clamping: $0) }).sorted()
  }
}

extension ScalingCommand {
  /// Simulates training and inference of each model and writes the results.
  func simulate(_ threads: [Int], _ base: StageBenchmark) throws {
    if let bandwidth, !(bandwidth > 0 && bandwidth.isFinite) {
      throw ValidationError("--bandwidth \(bandwidth): expected gigabytes per second, above 0.")
    }
    let machine = ThreadSimulation.Machine(
      regionNanoseconds: ThreadSimulation.Machine.measuredRegion(), bandwidth: bandwidth)
    let simulations = try models.values.flatMap { model in
      try [Phase.train, .infer].map { phase in
        var benchmark = base
        (benchmark.model, benchmark.phase) = (model, phase)
        return try SimulatedScaling(benchmark, threads: threads, on: machine)
      }
    }
    let folder = try outputFolder(out)
    try makeFolder(folder.givenPath, failingAs: RecordsError.self)
    let file = folder.appendingPathComponent("simulated-scaling.csv")
    try requireWritable(file)
    let rows = try simulations.flatMap { simulation in
      try simulation.run(
        goOn: Watch("\(simulation.benchmark.model.rawValue) \(simulation.benchmark.phase.rawValue): steps").goOn)
    }
    print(table(rows).text, terminator: "")
    try CSVTable.write(rows, to: file)
    try PerformanceCharts(folder: folder).draw()
  }

  private func table(_ rows: [SimulatedScalingRow]) -> TextTable {
    func milliseconds(_ nanoseconds: Double) -> String { String(format: "%.1f", 1e-6 * nanoseconds) }
    let hasMemory = rows.contains { $0.bandwidth != nil }
    var table = TextTable(
      header: ["step", "threads", "ms", "efficiency", "serial", "uneven", "regions"] + (hasMemory ? ["memory"] : [])
        + ["measured"])
    table.rows = rows.map { row in
      [
        "\(row.model) \(row.phase)", "\(row.threads)", milliseconds(row.nanoseconds),
        String(format: "%.1f %%", 100 * row.efficiency), milliseconds(row.serial), milliseconds(row.imbalance),
        milliseconds(row.barriers),
      ] + (hasMemory ? [milliseconds(row.memory)] : []) + [row.measured.map(milliseconds) ?? ""]
    }
    return table
  }
}
