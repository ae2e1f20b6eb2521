/// The value below which the fraction `q` of `sorted` lies, by linear interpolation; nil if there are none.
public func quantile(_ q: Double, ofSorted sorted: [Double]) -> Double? {
  guard !sorted.isEmpty else { return nil }
  let position = q * Double(sorted.count - 1)
  let lower = Int(position)
  let upper = min(lower + 1, sorted.count - 1)
  return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
}
