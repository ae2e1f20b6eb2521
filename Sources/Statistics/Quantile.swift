/// The value below which the fraction `q` of `sorted` lies, by linear interpolation; nil if `sorted` is empty.
public func quantile(_ q: Double, ofSorted sorted: [Double]) -> Double? {
  guard !sorted.isEmpty else { return nil }
  let position = q * Double(sorted.count - 1)
  let lower = Int(position)
  let upper = min(lower + 1, sorted.count - 1)
  return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
}

/// The median of the values, the mean of the two middle ones if their number is even; nil if there are none.
public func median(_ values: [Double]) -> Double? { quantile(0.5, ofSorted: values.sorted()) }
