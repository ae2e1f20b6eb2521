import Records

/// The values of epochs.csv by run, head and metric.
struct EpochValues {
  private struct Key: Hashable {
    let run: String
    let head: String?
    let metric: String
  }

  let thinning: EpochThinning
  /// The last epoch overall; 0 without rows.
  var last: Int { thinning.last }
  /// The accuracy of each variant's predicting head.
  let variants: [Curve]
  private let points: [Key: [(epoch: Int, value: Double)]]

  /// Keeps the rows of finished runs.
  init(_ rows: [EpochRow], runs: [RunRow]) {
    let finished = runs.filter { $0.metric == Metric.top1 && $0.status == .finished }
    let ids = Set(finished.map(\.runID))
    let mine = rows.filter { ids.contains($0.runID) }
    let thinning = EpochThinning(last: mine.map(\.epoch).max() ?? 0)
    var points: [Key: [(epoch: Int, value: Double)]] = [:]
    // A change of the schedule has its epoch, however few are drawn.
    for row in mine where row.metric == Metric.learningRate || thinning.keeps(row.epoch) {
      guard let value = row.value, value.isFinite else { continue }
      points[Key(run: row.runID, head: row.head, metric: row.metric), default: []].append((row.epoch, value))
    }
    let cells = finished.map(\.cell).unique()
    variants = cells.enumerated().map { index, cell in
      let ofCell = finished.filter { $0.cell == cell }
      return Curve(
        label: cell.label(among: cells).shortened(to: 24), colour: Style.colour(index),
        seeds: ofCell.map(\.runID).unique().map { run in
          let head = ofCell.first { $0.runID == run }?.head
          return points[Key(run: run, head: head, metric: Metric.top1)] ?? []
        })
    }
    (self.thinning, self.points) = (thinning, points)
  }

  /// The values by ascending epoch.
  subscript(run: String, head: String?, metric: String) -> [(epoch: Int, value: Double)] {
    (points[Key(run: run, head: head, metric: metric)] ?? []).sorted { $0.epoch < $1.epoch }
  }
}
