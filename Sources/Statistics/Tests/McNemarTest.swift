/// McNemar's exact test: whether two classifiers differ, by the images that only one of them gets right.
///
/// If they do not differ, each such image is a coin flip (McNemar 1947, in the binomial form).
public struct McNemarTest: Equatable, Sendable {
  /// The images that only the first, or only the second, gets right.
  public let onlyFirst: Int
  public let onlySecond: Int

  public init(onlyFirst: Int, onlySecond: Int) {
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
  }

  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    let flips = onlyFirst + onlySecond
    return alternative.pValue(less: tail(onlyFirst, of: flips), greater: tail(onlySecond, of: flips))
  }
}

/// The probability of at most `heads` heads in `flips` coin flips.
private func tail(_ heads: Int, of flips: Int) -> Double {
  heads >= flips ? 1 : incompleteBeta(0.5, Double(flips - heads), Double(heads + 1))
}
