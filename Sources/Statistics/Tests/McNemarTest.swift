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

  /// The smallest surplus of one over the other that is significant at `level`, two-sided, among `discordant` images
  /// that only one of the two gets right; nil if there is none.
  public static func smallestDifference(discordant: Int, level: Double) -> Int? {
    guard 2 * tail(0, of: discordant) <= level else { return nil }
    // The largest count of the lesser one that is significant.
    var (significant, not) = (0, discordant / 2 + 1)
    while not - significant > 1 {
      let middle = (significant + not) / 2
      if 2 * tail(middle, of: discordant) <= level { significant = middle } else { not = middle }
    }
    return discordant - 2 * significant
  }
}

/// The probability of at most `heads` heads in `flips` coin flips.
private func tail(_ heads: Int, of flips: Int) -> Double {
  heads >= flips ? 1 : incompleteBeta(0.5, Double(flips - heads), Double(heads + 1))
}
