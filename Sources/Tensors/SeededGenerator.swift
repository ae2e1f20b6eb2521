/// A reproducible random number generator (xoshiro256++, Blackman and Vigna 2019), one per purpose.
///
/// Each stream is derived from the run's seed, a purpose and numbers such as the epoch or image, so that draws for one
/// purpose never affect another's, with any number of threads.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  // Draws are inlined in other modules, which make millions in a row.
  @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

  /// Creates a stream for `purpose` ("shuffle", "augment", "peaks" ...) in the run with `seed`.
  public init(seed: UInt64, purpose: String, _ indices: Int...) {
    var mixer = SplitMix64(state: seed)
    var key = mixer.next()
    for byte in purpose.utf8 { key = SplitMix64(state: key ^ UInt64(byte)).first }
    for index in indices {
      key = SplitMix64(state: key ^ UInt64(bitPattern: Int64(index)) &+ 0x1234_5678_9ABC_DEF1).first
    }
    mixer = SplitMix64(state: key)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  @inlinable public mutating func next() -> UInt64 {
    func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    let result = rotate(state.0 &+ state.3, 23) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotate(state.3, 45)
    return result
  }

  /// Returns a uniform draw from [0, 1) with 24 random bits, so that the float is exact and never 1.
  @inlinable public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Returns a uniform draw from [low, high).
  @inlinable public mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * (Double(next() >> 11) * 0x1p-53)
  }

  /// Returns a draw from the integers 0..<bound; `bound` must be positive.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

/// The seeding generator of Steele, Lea and Flood (2014).
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  var first: UInt64 {
    var copy = self
    return copy.next()
  }
}
