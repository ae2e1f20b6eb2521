/// A curve of a panel over epochs: one thin line per seed, a thick one for their mean.
struct Curve {
  let label: String
  let colour: String
  /// Without values too large for any axis, which a damaged file may hold.
  let seeds: [[(epoch: Int, value: Double)]]

  init(label: String, colour: String, seeds: [[(epoch: Int, value: Double)]]) {
    (self.label, self.colour) = (label, colour)
    self.seeds = seeds.map { $0.filter { abs($0.value) < 1e100 } }
  }

  /// The mean over the seeds that reached the epoch.
  var mean: [(epoch: Int, value: Double)] {
    var values: [Int: [Double]] = [:]
    for point in seeds.joined() { values[point.epoch, default: []].append(point.value) }
    return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.reduce(0, +) / Double($0.value.count)) }
  }

  /// An explanation of the lines for a caption; empty for a single seed.
  static func caption(seeds: Int) -> String { seeds > 1 ? "Thin lines: seeds. Thick line: their mean. " : "" }

  static let columns = ["panel", "line", "kind", "epoch", "value", "colour"]

  /// The rows of the data; a row without a number ends each line.
  func rows(panel: Int) -> [[String]] {
    let colour = Int(self.colour.dropFirst(), radix: 16) ?? 0
    func line(_ kind: String, _ points: [(epoch: Int, value: Double)], _ colour: Int) -> [[String]] {
      points.map { ["\(panel)", label, kind, "\($0.epoch)", $0.value.field, "\(colour)"] }
        + points.suffix(1).map { ["\(panel)", label, "end", "\($0.epoch)", "nan", "0"] }
    }
    // Two thirds transparent.
    let thin = seeds.count > 1 ? seeds.flatMap { line("seed", $0, 0xAA00_0000 | colour) } : []
    return thin + line("mean", mean, colour)
  }
}
