/// The seeding generator of Steele, Lea and Flood (2014), a counter with mixed output: small, fast, and the same on
/// every machine, which is all that resampling needs.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension SplitMix64 {
  /// Draws as many of `values` as there are, with replacement, and returns their sum: a resample reduced to its sum.
  mutating func resampledSum(_ values: [Int32]) -> Int {
    let count = UInt64(values.count)
    var sum = 0
    // Each half of a draw chooses a value: (half x count) / 2^32.
    for _ in 0..<values.count / 2 {
      let bits = next()
      sum += Int(values[Int(((bits & 0xFFFF_FFFF) &* count) >> 32)]) + Int(values[Int(((bits >> 32) &* count) >> 32)])
    }
    if values.count % 2 == 1 { sum += Int(values[Int(((next() >> 32) &* count) >> 32)]) }
    return sum
  }
}
