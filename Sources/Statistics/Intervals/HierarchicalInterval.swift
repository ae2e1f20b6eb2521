/// The 95 % interval of a mean over seeds and images by a bootstrap of both levels: what to expect of the same training
/// with other seeds, tested on other images of the kind.
///
/// Each resample draws seeds and, independently, images, since every seed is tested on the same images (Owen 2007).
/// With few seeds, resamples vary too little: distances from the mean are stretched to the width that Student's t
/// requires (Hesterberg 2015, with the degrees of freedom of two levels). The same `seed` gives the same interval on
/// every machine.
///
/// `table` has a row of equal length for each seed; nil for other rows and for fewer than two seeds or two images.
public func hierarchicalInterval(
  ofMean table: [[Int]], resamples: Int = 10_000, seed: UInt64
) -> ClosedRange<Double>? {
  let rows = table.map { $0.map(Int32.init(clamping:)) }
  guard let known = CrossedVariance(rows), resamples > 1 else { return nil }
  let means = resampledMeans(of: rows, resamples: resamples, seed: seed)
  guard let spread = Estimate(means)?.standardDeviation, spread > 0 else { return known.mean...known.mean }
  let wanted = known.standardError * StudentT(degreesOfFreedom: known.degreesOfFreedom).quantile(0.975)
  let stretch = wanted / (spread * Normal.quantile(0.975))
  let sorted = means.sorted()
  func end(_ level: Double) -> Double {
    known.mean + stretch * ((quantile(level, ofSorted: sorted) ?? known.mean) - known.mean)
  }
  let (low, high) = (end(0.025), end(0.975))
  return min(low, high)...max(low, high)
}

/// The means of resamples of seeds and images, in the order in which they were drawn.
private func resampledMeans(of rows: [[Int32]], resamples: Int, seed: UInt64) -> [Double] {
  let (seeds, images) = (rows.count, rows[0].count)
  // Most images have the same answers from all seeds and variants; their differences, all zero, need no adding.
  let telling = (0..<images).filter { image in rows.contains { $0[image] != 0 } }
  let tellingRows = rows.map { row in telling.map { row[$0] } }
  var generator = SplitMix64(seed: seed)
  var overSeeds = [Int32](repeating: 0, count: images)
  return (0..<resamples).map { _ in
    for index in telling.indices { overSeeds[index] = 0 }
    for _ in 0..<seeds {
      let row = tellingRows[Int((UInt64(seeds) &* (generator.next() >> 32)) >> 32)]
      for index in row.indices { overSeeds[index] &+= row[index] }
    }
    return Double(generator.resampledSum(overSeeds)) / Double(seeds * images)
  }
}
