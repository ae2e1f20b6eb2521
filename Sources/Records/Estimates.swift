/// A mean, its spread and its range.
public struct Estimate: Equatable, Sendable {
  public let mean: Double
  /// The sample standard deviation; nil for a single value, which has none.
  public let standardDeviation: Double?
  public let minimum: Double
  public let maximum: Double
  public let count: Int

  /// The estimate from `values`; nil if there are none.
  public init?(_ values: [Double]) {
    guard let minimum = values.min(), let maximum = values.max() else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
    self.minimum = minimum
    self.maximum = maximum
    count = values.count
  }
}

/// The 95 % interval of a proportion that was seen `proportion` of `n` times (Wilson 1927).
public func wilsonInterval(proportion: Double, n: Int) -> ClosedRange<Double>? {
  guard n > 0, proportion >= 0, proportion <= 1 else { return nil }
  let z = 1.959963984540054
  let n = Double(n)
  let centre = proportion + z * z / (2 * n)
  let half = z * (proportion * (1 - proportion) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return max(0, (centre - half) / scale)...min(1, (centre + half) / scale)
}

/// The value below which the fraction `q` of `sorted` lies, by linear interpolation; nil if there are none.
public func quantile(_ q: Double, ofSorted sorted: [Double]) -> Double? {
  guard !sorted.isEmpty else { return nil }
  let position = q * Double(sorted.count - 1)
  let lower = Int(position)
  let upper = min(lower + 1, sorted.count - 1)
  return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
}
