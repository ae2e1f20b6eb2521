import Foundation

/// The Mann-Whitney U test (1947): whether values of one sample tend to be larger than those of another.
public struct MannWhitneyTest: Sendable {
  /// The number of pairs, one value from each sample, in which the first's is larger; ties count half.
  public let u: Double
  private let ranks: MidRanks
  private let firstCount: Int

  /// The largest total number of values for which all arrangements are counted.
  static let mostCounted = 50

  /// Nil if a sample is empty or contains NaN.
  public init?(_ first: [Double], _ second: [Double]) {
    let both = first + second
    guard !first.isEmpty, !second.isEmpty, !both.contains(where: \.isNaN) else { return nil }
    firstCount = first.count
    ranks = MidRanks(of: both)
    let rankSum = ranks.doubled.prefix(first.count).reduce(0, +)
    u = Double(rankSum - first.count * (first.count + 1)) / 2
  }

  /// Exact up to 50 values, by counting the ways to choose the first sample's ranks, ties included; beyond that by the
  /// normal distribution, corrected for continuity and ties.
  public func pValue(_ alternative: Alternative = .twoSided) -> Double {
    ranks.doubled.count <= Self.mostCounted ? exactPValue(alternative) : normalPValue(alternative)
  }

  func exactPValue(_ alternative: Alternative) -> Double {
    let seen = ranks.doubled.prefix(firstCount).reduce(0, +)
    let largest = ranks.doubled.reduce(0, +)
    // ways[n][s]: choices of n values whose doubled ranks add up to s.
    var ways = [[Double]](repeating: [Double](repeating: 0, count: largest + 1), count: firstCount + 1)
    ways[0][0] = 1
    for (index, rank) in ranks.doubled.enumerated() {
      for chosen in stride(from: min(index + 1, firstCount), through: 1, by: -1) {
        for sum in stride(from: largest, through: rank, by: -1) { ways[chosen][sum] += ways[chosen - 1][sum - rank] }
      }
    }
    let all = ways[firstCount]
    let total = all.reduce(0, +)
    return alternative.pValue(
      less: all[...seen].reduce(0, +) / total, greater: all[seen...].reduce(0, +) / total)
  }

  func normalPValue(_ alternative: Alternative) -> Double {
    let (n, m) = (Double(firstCount), Double(ranks.doubled.count - firstCount))
    let all = n + m
    let variance = n * m / 12 * (all + 1 - ranks.tieTerm / (all * (all - 1)))
    guard variance > 0 else { return 1 }
    func tail(_ excess: Double) -> Double { Normal.cdf(-(excess - 0.5) / variance.squareRoot()) }
    let excess = u - n * m / 2
    return alternative.pValue(less: tail(-excess), greater: tail(excess))
  }
}

/// The ranks of values from 1; equal values share their mean rank.
private struct MidRanks {
  /// Twice the rank of each value, which is an integer.
  let doubled: [Int]
  /// The sum of t^3 - t over groups of t equal values.
  let tieTerm: Double

  init(of values: [Double]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var doubled = [Int](repeating: 0, count: values.count)
    var tieTerm = 0.0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { doubled[order[place]] = start + 1 + end }
      let equal = Double(end - start)
      tieTerm += equal * equal * equal - equal
      start = end
    }
    self.doubled = doubled
    self.tieTerm = tieTerm
  }
}
