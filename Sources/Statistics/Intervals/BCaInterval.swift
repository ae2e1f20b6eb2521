import Foundation

/// The 95 % interval of the mean of integers by Efron's BCa bootstrap, corrected for bias and acceleration (1987).
///
/// It reflects only the spread of the sample: equal values give an interval of zero width. The same `seed` gives the
/// same interval on every machine. Nil if there are no values.
public func bcaInterval(ofMean values: [Int], resamples: Int = 10_000, seed: UInt64) -> ClosedRange<Double>? {
  guard !values.isEmpty, resamples > 0 else { return nil }
  let count = Double(values.count)
  let mean = Double(values.reduce(0, +)) / count
  var generator = SplitMix64(seed: seed)
  let draws = values.map(Int32.init(clamping:))
  let means = (0..<resamples).map { _ in Double(generator.resampledSum(draws)) / count }.sorted()
  return bcaInterval(of: mean, resampled: means, acceleration: acceleration(ofMean: values.map(Double.init)))
}

/// The interval of `estimate` from its values in resamples, `resampled`, in ascending order.
func bcaInterval(of estimate: Double, resampled: [Double], acceleration: Double) -> ClosedRange<Double> {
  let below = resampled.count { $0 < estimate }
  let equal = resampled.count { $0 == estimate }
  let share = (Double(below) + Double(equal) / 2) / Double(resampled.count)
  // An estimate beyond all its resamples would need infinite corrections.
  let least = 0.5 / Double(resampled.count)
  let bias = Normal.quantile(min(max(share, least), 1 - least))
  func end(_ level: Double) -> Double {
    let z = bias + Normal.quantile(level)
    let room = 1 - acceleration * z
    // Beyond its pole, the correction gives the end of the distribution.
    let corrected = room > 0 ? Normal.cdf(bias + z / room) : (z < 0 ? 0 : 1)
    return quantile(corrected, ofSorted: resampled) ?? estimate
  }
  let (low, high) = (end(0.025), end(0.975))
  return min(low, high)...max(low, high)
}

/// The rate at which the spread of the mean changes with its true value, by the jackknife: a sixth of the skewness of
/// the jackknife means, 0 if they are all equal.
func acceleration(ofMean values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  // Without one value, the mean moves by a multiple of the value's distance from it; the factor cancels.
  let distances = values.map { $0 - mean }
  let squares = distances.reduce(0) { $0 + $1 * $1 }
  let cubes = distances.reduce(0) { $0 + $1 * $1 * $1 }
  return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0
}
