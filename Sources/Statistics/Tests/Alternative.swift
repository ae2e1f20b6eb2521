/// What a test holds against "no difference".
public enum Alternative: Sendable {
  /// The first is larger or smaller than the second.
  case twoSided
  /// The first is smaller.
  case less
  /// The first is larger.
  case greater

  /// The p-value from the probabilities of what was seen or less, and of what was seen or more.
  func pValue(less: Double, greater: Double) -> Double {
    switch self {
    case .twoSided: min(1, 2 * min(less, greater))
    case .less: less
    case .greater: greater
    }
  }
}
