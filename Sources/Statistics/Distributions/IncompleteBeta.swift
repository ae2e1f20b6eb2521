import Foundation

/// The regularised incomplete beta function I_x(a, b), which gives the tails of the binomial and of Student's t.
///
/// By its continued fraction (DLMF 8.17.22), evaluated forward by Lentz's method: `x` in [0, 1], `a` and `b` above 0.
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  // The fraction converges fast only left of the mean.
  guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
  let gammas: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
  let scale = exp(gammas + a * log(x) + b * log1p(-x)) / a

  func coefficient(_ index: Int) -> Double {
    let m = Double(index / 2)
    return index % 2 == 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
  }
  let tiny = 1e-300
  func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var (fraction, c, d) = (1.0, 1.0, 0.0)
  for index in 1...100_000 {
    let numerator = coefficient(index)
    d = 1 / awayFromZero(1 + numerator * d)
    c = awayFromZero(1 + numerator / c)
    fraction *= c * d
    if abs(c * d - 1) < 1e-15 { break }
  }
  return min(1, scale / fraction)
}
