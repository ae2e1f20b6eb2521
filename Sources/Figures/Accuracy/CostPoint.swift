import Records

/// One variant of a folder: its accuracy and what it costs.
struct CostPoint {
  let label: String
  let table: TableKey
  let top1: Double
  let low: Double
  let high: Double
  /// The mean over all test images of all epochs and seeds.
  let testMilliseconds: Double
  /// The mean over seeds of the time of all training steps.
  let trainMinutes: Double

  /// The variants of a folder that have times.
  static func all(in folder: FolderRecords, prefix: String) throws -> [CostPoint] {
    let runs = try folder.runs()
    let summaries = Summary(of: runs).predictions
    let cells = summaries.map(\.cell)
    let epochs = try folder.epochs().reduce(into: [String: Int]()) { $0[$1.runID] = max($0[$1.runID] ?? 0, $1.epoch) }
    let times = try folder.stages().filter { $0.summary.stage == StageRow.wholeStep }
    return summaries.compactMap { row in
      let ids = runs.filter { $0.cell == row.cell && $0.status == .finished }.map(\.runID).unique()
      let tested = ids.map { Double(row.n ?? 0) * Double(epochs[$0] ?? 0) }.reduce(0, +)
      func seconds(_ phase: String) -> Double {
        times.filter { ids.contains($0.runID) && $0.summary.phase == phase }
          .map { 1e-9 * Double($0.summary.totalNanoseconds) }.reduce(0, +)
      }
      let (testing, training) = (seconds("infer"), seconds("train"))
      guard let mean = row.mean, (0...100).contains(mean), tested > 0, testing > 0, training > 0 else { return nil }
      let spread = row.standardDeviation.flatMap { $0 < 100 ? (mean - $0, mean + $0) : nil }
      return CostPoint(
        label: (prefix + row.cell.label(among: cells)).shortened(to: 36), table: row.table, top1: mean,
        low: spread?.0 ?? row.low95 ?? mean, high: spread?.1 ?? row.high95 ?? mean,
        testMilliseconds: 1000 * testing / tested, trainMinutes: training / 60 / Double(ids.count))
    }
  }
}

extension FolderRecords {
  /// The machine that timed the runs, in a few words; empty if unknown.
  func machine() throws(RecordsError) -> String {
    guard holds(.environment) else { return "" }
    let commands = try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands
    let machines = commands.map { "\($0.cpu.model), \(counted($0.threads, "thread"))" }.unique()
    return machines.count > 1 ? "several machines" : machines.first ?? ""
  }
}
