import Statistics

/// A mean of values, one per image, with its 95 % interval: over images (BCa bootstrap), or over seeds and images.
struct MeanOverImages: Equatable {
  let mean: Double
  let interval: ClosedRange<Double>

  static let resamples = 2000
  private static let seed: UInt64 = 2019

  /// Nil without values.
  init?(_ values: [Double]) { self.init(overSeeds: [values]) }

  /// From a row of equal length for each seed; nil without values. Values are rounded to a millionth, for several seeds
  /// to a ten-thousandth, so that sums are exact; more coarsely if some are too large.
  init?(overSeeds table: [[Double]]) {
    var scale = table.count > 1 ? 1e4 : 1e6
    let largest = table.joined().reduce(0) { max($0, abs($1)) }
    while largest * scale * Double(table.count) > Double(Int32.max) { scale /= 10 }
    let whole = table.map { $0.map { Int(($0 * scale).rounded()) } }
    let interval =
      table.count > 1
      ? hierarchicalInterval(ofMean: whole, resamples: Self.resamples, seed: Self.seed)
      : bcaInterval(ofMean: whole.first ?? [], resamples: Self.resamples, seed: Self.seed)
    guard let interval else { return nil }
    mean = Double(whole.reduce(0) { $0 + $1.reduce(0, +) }) / Double(whole.count * whole[0].count) / scale
    self.interval = interval.lowerBound / scale...interval.upperBound / scale
  }
}
