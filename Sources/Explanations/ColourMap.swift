import Datasets
import Glibc

/// A perceptually uniform colour map from dark violet over green to light yellow.
///
/// Lightness rises evenly in OKLab (Ottosson 2020), a space in which distances match perceived ones.
public enum ColourMap {
  /// Lightness, chroma and hue in degrees at both ends.
  private static let low = (lightness: 0.25, chroma: 0.13, hue: 300.0)
  private static let high = (lightness: 0.94, chroma: 0.16, hue: 102.0)

  /// The colour of a value from 0 to 1; values outside are clamped, NaN is grey.
  public static func colour(_ value: Float) -> SIMD3<UInt8> {
    guard !value.isNaN else { return SIMD3(repeating: 128) }
    let share = Double(min(max(value, 0), 1))
    func between(_ from: Double, _ to: Double) -> Double { from + (to - from) * share }
    let hue = between(low.hue, high.hue) * .pi / 180
    let chroma = between(low.chroma, high.chroma)
    return srgb(between(low.lightness, high.lightness), chroma * cos(hue), chroma * sin(hue))
  }

  /// The 8-bit colour nearest to an OKLab colour.
  private static func srgb(_ lightness: Double, _ a: Double, _ b: Double) -> SIMD3<UInt8> {
    func cube(_ x: Double) -> Double { x * x * x }
    let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    let linear = SIMD3(
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
    var colour = SIMD3<UInt8>()
    for channel in 0..<3 {
      let light = min(max(linear[channel], 0), 1)
      let value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
      colour[channel] = UInt8((255 * value).rounded())
    }
    return colour
  }
}
