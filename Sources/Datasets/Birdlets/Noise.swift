/// Smooth random textures that depend only on the seed.
struct Noise {
  private let seed: UInt32

  init(seed: UInt64) { self.seed = UInt32(truncatingIfNeeded: seed ^ (seed >> 32)) }

  /// A value between 0 and 1 that varies over a distance of about 1.
  func callAsFunction(_ p: SIMD2<Float>) -> Float {
    let (x, y) = (floor(p.x), floor(p.y))
    let f = p - SIMD2(Float(x), Float(y))
    let t = f * f * (3 - 2 * f)
    let corners = SIMD4(bits(x, y), bits(x &+ 1, y), bits(x, y &+ 1), bits(x &+ 1, y &+ 1))
    let values = SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: corners &>> 8)) * 0x1p-24
    let sides = values.evenHalf + (values.oddHalf - values.evenHalf) * t.x
    return sides.x + (sides.y - sides.x) * t.y
  }

  /// An approximately normal value for a pixel: mean 0, deviation about 1, independent of its neighbours.
  func grain(_ x: Int, _ y: Int) -> Float {
    let bits = bits(Int32(truncatingIfNeeded: x), Int32(truncatingIfNeeded: y))
    // The sum of four uniform bytes.
    let sum = (bits & 0xFF) + (bits >> 8 & 0xFF) + (bits >> 16 & 0xFF) + (bits >> 24)
    return (Float(sum) - 510) / 148
  }

  private func floor(_ x: Float) -> Int32 {
    let towardsZero = Int32(x)
    return Float(towardsZero) > x ? towardsZero &- 1 : towardsZero
  }

  private func bits(_ x: Int32, _ y: Int32) -> UInt32 {
    var h = UInt32(bitPattern: x) &* 0x9E37_79B1 ^ UInt32(bitPattern: y) &* 0x85EB_CA77 ^ seed
    h = (h ^ (h >> 15)) &* 0x2C1B_3C6D
    h = (h ^ (h >> 12)) &* 0x297A_2D39
    return h ^ (h >> 15)
  }
}
