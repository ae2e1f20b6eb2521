extension SignFlipTest {
  /// The most differences for which all sign patterns are tried.
  static let mostEnumerated = 16

  /// The two-sided p-value of any paired differences: from all sign patterns of up to 16 differences, and beyond that
  /// from 65,535 random ones and the observed one (Phipson and Smyth 2010). 1 if there are no differences.
  public static func pValue(of differences: [Double], seed: UInt64) -> Double {
    let seen = abs(differences.reduce(0, +))
    // Sums that differ only by rounding count as equal.
    let slack = 1e-12 * differences.reduce(0) { $0 + abs($1) }
    func isAsLarge(_ signs: some Sequence<Bool>) -> Bool {
      abs(zip(differences, signs).reduce(0) { $1.1 ? $0 - $1.0 : $0 + $1.0 }) >= seen - slack
    }
    let count = differences.count
    if count <= mostEnumerated {
      let patterns = 1 << count
      let asLarge = (0..<patterns).count { pattern in isAsLarge((0..<count).lazy.map { pattern >> $0 & 1 == 1 }) }
      return Double(asLarge) / Double(patterns)
    }
    let samples = 1 << mostEnumerated - 1
    var generator = SplitMix64(seed: seed)
    var asLarge = 0
    for _ in 0..<samples {
      let words = (0..<(count + 63) / 64).map { _ in generator.next() }
      let signs = (0..<count).lazy.map { index in (words[index / 64] >> UInt64(index % 64)) & 1 == 1 }
      if isAsLarge(signs) { asLarge += 1 }
    }
    return Double(asLarge + 1) / Double(samples + 1)
  }
}
