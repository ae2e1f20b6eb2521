/// The colours of a bird, which its class does not determine.
struct Plumage {
  var back: SIMD3<Float>
  var belly: SIMD3<Float>
  var wing: SIMD3<Float>
  var beak: SIMD3<Float>

  static let all = [
    Plumage(
      back: [0.42, 0.34, 0.26], belly: [0.83, 0.76, 0.64], wing: [0.29, 0.23, 0.18], beak: [0.30, 0.26, 0.24]),
    Plumage(
      back: [0.38, 0.42, 0.47], belly: [0.80, 0.81, 0.80], wing: [0.24, 0.27, 0.32], beak: [0.20, 0.20, 0.22]),
    Plumage(
      back: [0.45, 0.46, 0.25], belly: [0.86, 0.82, 0.52], wing: [0.28, 0.30, 0.18], beak: [0.35, 0.30, 0.25]),
    Plumage(
      back: [0.25, 0.36, 0.50], belly: [0.78, 0.70, 0.62], wing: [0.17, 0.24, 0.36], beak: [0.18, 0.18, 0.20]),
    Plumage(
      back: [0.50, 0.32, 0.20], belly: [0.82, 0.66, 0.50], wing: [0.33, 0.21, 0.14], beak: [0.40, 0.32, 0.22]),
    Plumage(
      back: [0.33, 0.30, 0.33], belly: [0.72, 0.68, 0.68], wing: [0.20, 0.18, 0.21], beak: [0.55, 0.42, 0.25]),
    Plumage(
      back: [0.30, 0.42, 0.38], belly: [0.80, 0.84, 0.74], wing: [0.18, 0.27, 0.25], beak: [0.22, 0.22, 0.22]),
    Plumage(
      back: [0.58, 0.48, 0.34], belly: [0.90, 0.85, 0.74], wing: [0.38, 0.31, 0.23], beak: [0.48, 0.38, 0.28]),
  ]

  /// This plumage with each colour slightly lighter or darker; `draw` returns numbers from -1 to 1.
  func varied(_ draw: () -> Float) -> Plumage {
    func vary(_ colour: SIMD3<Float>) -> SIMD3<Float> {
      let light = 1 + 0.12 * draw()
      return colour * light * (1 + 0.06 * SIMD3(draw(), draw(), draw()))
    }
    return Plumage(back: vary(back), belly: vary(belly), wing: vary(wing), beak: vary(beak))
  }
}
