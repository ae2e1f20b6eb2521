/// The alternative to "no difference" in a test.
public enum Alternative: Sendable {
  /// The first is larger or smaller than the second.
  case twoSided
  /// The first is smaller.
  case less
  /// The first is larger.
  case greater

  /// The p-value from the probabilities of the observed value or less, and of the observed value or more.
  func pValue(less: Double, greater: Double) -> Double {
    switch self {
    case .twoSided: min(1, 2 * min(less, greater))
    case .less: less
    case .greater: greater
    }
  }
}
