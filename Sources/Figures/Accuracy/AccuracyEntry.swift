import Records

/// One row of an accuracy chart: the mean over seeds, its band, and each seed.
struct AccuracyEntry {
  let label: String
  let note: String
  private let mean: Double?
  private let band: (low: Double, high: Double)?
  private let seeds: [(seed: UInt64, value: Double)]
  /// The published value of the same, in percent.
  private let published: Double?

  init(_ row: SummaryRow, label: String, runs: [RunRow], published: Double? = nil) {
    self.label = label
    self.published = published
    mean = row.mean
    if let mean = row.mean, let deviation = row.standardDeviation {
      band = (mean - deviation, mean + deviation)
    } else if let low = row.low95, let high = row.high95 {
      band = (low, high)
    } else {
      band = nil
    }
    seeds = runs.filter {
      $0.cell == row.cell && $0.head == row.head && $0.metric == row.metric && $0.status == .finished
    }.compactMap { run in run.value.flatMap { $0.isFinite ? (run.seed, $0) : nil } }
    note = row.accuracy + (row.diverged > 0 && row.seeds > 0 ? " †" : "")
  }

  var extent: [Double] {
    seeds.map(\.value) + (band.map { [$0.low, $0.high] } ?? []) + [published].compactMap { $0 }
  }

  /// The rows of the data.
  func rows(at position: Double, closeness: Double) -> [[String]] {
    // Whole positions are written without decimals.
    let place = Int(exactly: position).map { "\($0)" } ?? position.field
    var rows: [[String]] = []
    if let mean {
      let (low, high) = band ?? (mean, mean)
      rows.append([place, label, "mean", "", mean.field, low.field, high.field, ""])
    }
    rows.append([place, label, "note", "", "", "", "", note])
    if let published { rows.append([place, label, "published", "", published.field, "", "", ""]) }
    for (point, offset) in zip(seeds, offsets(of: seeds.map(\.value), closeness: closeness)) {
      rows.append([(position + offset).field, label, "seed", "\(point.seed)", point.value.field, "", "", ""])
    }
    return rows
  }
}
