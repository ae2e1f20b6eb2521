import Statistics

/// A mean of values, one an image, with its 95 % interval over images (BCa bootstrap).
struct MeanOverImages: Equatable {
  let mean: Double
  let interval: ClosedRange<Double>

  static let resamples = 2000
  private static let seed: UInt64 = 2019

  /// Nil without values. They are taken to a millionth, so that sums are exact.
  init?(_ values: [Double]) {
    let scale = 1e6
    let whole = values.map { Int(($0 * scale).rounded()) }
    guard let interval = bcaInterval(ofMean: whole, resamples: Self.resamples, seed: Self.seed) else { return nil }
    mean = Double(whole.reduce(0, +)) / Double(whole.count) / scale
    self.interval = interval.lowerBound / scale...interval.upperBound / scale
  }
}
