import Records

/// A number of one variant with its 95 % interval; of seeds that are not told of together the mean, and from the lowest to the
/// highest end of their intervals.
///
/// It says that something rises or falls only if the interval, or that of no seed, holds zero.
struct LookingFinding: Equatable {
  let value: Double
  let low: Double
  let high: Double

  /// Nil without values; a seed without an interval says nothing.
  init?(_ seeds: [(value: Double?, low: Double?, high: Double?)]) {
    let known = seeds.compactMap { seed in
      seed.value.flatMap { value in seed.low.flatMap { low in seed.high.map { (value, low, $0) } } }
    }
    guard !known.isEmpty, known.count == seeds.count else { return nil }
    value = known.map(\.0).reduce(0, +) / Double(known.count)
    low = known.map(\.1).min() ?? 0
    high = known.map(\.2).max() ?? 0
  }

  var rises: Bool { low > 0 }
  var falls: Bool { high < 0 }

  /// "83.3 % [80.2, 85.9]".
  var percent: String { "\(oneDecimal(value)) % \(intervalText(low, high))" }
  /// "+11.9 [8.4, 15.4]".
  var signed: String { "\(value > 0 ? "+" : "")\(oneDecimal(value)) \(intervalText(low, high))" }
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
