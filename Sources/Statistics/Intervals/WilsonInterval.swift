/// The 95 % interval of a proportion seen in `n` trials (Wilson 1927); nil for n < 1 or beyond 0 to 1.
public func wilsonInterval(proportion: Double, n: Int) -> ClosedRange<Double>? {
  guard n > 0, proportion >= 0, proportion <= 1 else { return nil }
  let z = Normal.quantile(0.975)
  let n = Double(n)
  let centre = proportion + z * z / (2 * n)
  let half = z * (proportion * (1 - proportion) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return max(0, (centre - half) / scale)...min(1, (centre + half) / scale)
}
