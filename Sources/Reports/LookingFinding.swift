import Records
import Statistics

/// A number of one variant with its 95 % interval; for seeds that are not reported together, the mean, and the range
/// from the lowest to the highest end of their intervals.
///
/// It rises or falls only if zero lies outside the interval, or outside that of every seed, and if there are enough
/// images for a test to show it.
struct LookingFinding: Equatable {
  let value: Double
  let low: Double
  let high: Double
  private let images: Int

  /// Creates a finding from one row per seed; nil without rows, or if a seed has no interval. The number of images is
  /// that of the seed with the fewest.
  init?<Row>(
    _ rows: [Row], images: (Row) -> Int, finding: (Row) -> (value: Double?, low: Double?, high: Double?)
  ) {
    let known = rows.map(finding).compactMap { seed in
      seed.value.flatMap { value in seed.low.flatMap { low in seed.high.map { (value, low, $0) } } }
    }
    guard let images = rows.map(images).min(), known.count == rows.count else { return nil }
    value = known.map(\.0).reduce(0, +) / Double(known.count)
    low = known.map(\.1).min() ?? 0
    high = known.map(\.2).max() ?? 0
    self.images = images
  }

  var rises: Bool { low > 0 && isShowable }
  var falls: Bool { high < 0 && isShowable }

  /// A bootstrap over few images is overconfident: with fewer than this, a paired test is never significant.
  private var isShowable: Bool { images >= SmallestDifference.fewestPairs(level: 0.05) }

  /// "83.3 % [80.2, 85.9]", a share of images; by Wilson's method for 0 and 100 %, where a bootstrap has no width.
  var percent: String {
    let isSame = low == high && (value == 0 || value == 100)
    let wilson = isSame ? wilsonInterval(proportion: value / 100, n: images) : nil
    return "\(oneDecimal(value)) % "
      + intervalText(wilson.map { 100 * $0.lowerBound } ?? low, wilson.map { 100 * $0.upperBound } ?? high)
  }
  /// "+11.9 [8.4, 15.4]".
  var signed: String { "\(Records.signed(value)) \(intervalText(low, high))" }
}

/// Returns a sentence that lists the findings that rise, those that fall, and those that show nothing.
func sentence(
  _ findings: [(name: String, finding: LookingFinding)], rising: String, falling: String, open: String
) -> String {
  func named(_ words: String, _ isMeant: (LookingFinding) -> Bool) -> String? {
    let meant = findings.filter { isMeant($0.finding) }.map { "\($0.name) (\($0.finding.signed))" }
    return meant.isEmpty ? nil : "\(words) \(meant.joined(separator: ", "))"
  }
  return [
    named(rising, \.rises), named(falling, \.falls), named(open) { !$0.rises && !$0.falls },
  ].compactMap { $0 }.joined(separator: "; ")
}
