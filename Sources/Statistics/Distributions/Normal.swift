import Foundation

/// The standard normal distribution.
enum Normal {
  /// The probability of a value below `x`.
  static func cdf(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// The value below which the probability is `p`; infinite at 0 and 1.
  static func quantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    guard p < 1 else { return .infinity }
    guard p <= 0.5 else { return -quantile(1 - p) }
    // Abramowitz and Stegun 26.2.23 starts within 0.0005; each Halley step triples the digits.
    let t = (-2 * log(p)).squareRoot()
    var x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
    for _ in 0..<3 {
      let density = exp(-x * x / 2) / (2 * .pi).squareRoot()
      let step = (cdf(x) - p) / density
      x -= step / (1 + x * step / 2)
    }
    return x
  }
}
