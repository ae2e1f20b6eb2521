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
