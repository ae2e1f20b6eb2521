import Foundation

/// Student's t distribution; its degrees of freedom may be fractional, as Welch's and Satterthwaite's are.
struct StudentT {
  let degreesOfFreedom: Double

  /// The probability of a value below `t`.
  func cdf(_ t: Double) -> Double {
    guard t.isFinite else { return t < 0 ? 0 : 1 }
    let tail = 0.5 * incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5)
    return t < 0 ? tail : 1 - tail
  }

  /// The value below which the probability is `p`; infinite at 0 and 1.
  func quantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    guard p < 1 else { return .infinity }
    // Use the left half, where small probabilities keep their digits.
    guard p <= 0.5 else { return -quantile(1 - p) }
    var low = -1.0
    while cdf(low) > p && low > -1e300 { low *= 2 }
    var high = 0.0
    while true {
      let middle = (low + high) / 2
      guard middle > low && middle < high else { return middle }
      if cdf(middle) < p { low = middle } else { high = middle }
    }
  }
}
