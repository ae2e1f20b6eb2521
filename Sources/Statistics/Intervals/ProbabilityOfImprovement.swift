/// The probability that another run of the first kind beats another of the second, ties counting half (Agarwal et al.
/// 2021): the share of all pairs of runs in which it does.
///
/// Its interval is Newcombe's (2006, part 2, method 5), the counterpart of Wilson's for such a share. A bootstrap of so
/// few runs is "certain" as soon as all of the first kind are ahead; this is not. It assumes independent runs.
public struct ProbabilityOfImprovement: Equatable, Sendable {
  public let value: Double
  /// At 95 %.
  public let interval: ClosedRange<Double>

  /// Takes the scores of both kinds of runs; nil if one kind has none.
  public init?(_ first: [Double], over second: [Double]) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    var halves = 0
    for score in first {
      for other in second { halves += score > other ? 2 : score == other ? 1 : 0 }
    }
    let (count, others) = (Double(first.count), Double(second.count))
    let value = Double(halves) / (2 * count * others)
    self.value = value

    // `p` is in the interval if the share is within 1.96 of its standard errors of `p`, by Hanley and McNeil (1982).
    let z = Normal.quantile(0.975)
    func isWithin(_ p: Double) -> Bool {
      let spread = 1 + ((count + others) / 2 - 1) * ((1 - p) / (2 - p) + p / (1 + p))
      return (value - p) * (value - p) * count * others <= z * z * p * (1 - p) * spread
    }
    func end(towards limit: Double) -> Double {
      var (inside, outside) = (value, limit)
      // A share of 0 or 1 is its own end; its standard error of 0 there does not count.
      guard inside != outside else { return limit }
      for _ in 0..<60 {
        let middle = (inside + outside) / 2
        if isWithin(middle) { inside = middle } else { outside = middle }
      }
      return inside
    }
    interval = end(towards: 0)...end(towards: 1)
  }
}
