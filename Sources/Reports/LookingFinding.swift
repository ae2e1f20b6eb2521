import Records
import Statistics

/// A number of one variant with its 95 % interval; of seeds that are not told of together the mean, and from the lowest to the
/// highest end of their intervals.
///
/// It says that something rises or falls only if zero lies outside of the interval, or of that of every seed, and if there are
/// enough images for a test to say so.
struct LookingFinding: Equatable {
  let value: Double
  let low: Double
  let high: Double
  private let images: Int

  /// Nil without rows, one a seed; a seed without an interval says nothing. The images are those of the seed that has fewest.
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

  /// A bootstrap over few images is too sure of itself: of fewer than this a paired test shows nothing, whatever they say.
  private var isShowable: Bool { images >= SmallestDifference.fewestPairs(level: 0.05) }

  /// "83.3 % [80.2, 85.9]", a share of images; of none or all of them, where a bootstrap's interval has no width, by Wilson's method.
  var percent: String {
    let isSame = low == high && (value == 0 || value == 100)
    let wilson = isSame ? wilsonInterval(proportion: value / 100, n: images) : nil
    return "\(oneDecimal(value)) % "
      + intervalText(wilson.map { 100 * $0.lowerBound } ?? low, wilson.map { 100 * $0.upperBound } ?? high)
  }
  /// "+11.9 [8.4, 15.4]".
  var signed: String { "\(Records.signed(value)) \(intervalText(low, high))" }
}

/// Things that were measured, told in one sentence by what they say: those that rise, that fall, and that show nothing.
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
