import Foundation

/// A colour between white and one of the palette.
struct Shade {
  private let full: [Double]

  init(_ colour: String) {
    let value = Int(colour.dropFirst(), radix: 16) ?? 0
    full = [16, 8, 0].map { Double((value >> $0) & 0xFF) }
  }

  /// The colour mixed with white by `share`, in the format of gnuplot's `rgb variable`.
  func mixed(_ share: Double) -> Int {
    full.reduce(0) { $0 << 8 | Int((255 + ($1 - 255) * min(max(share, 0), 1)).rounded()) }
  }

  /// White or ink, whichever is more readable on a colour (WCAG 2's relative luminance).
  static func ink(on colour: Int) -> Int {
    let parts = zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).map { shift, weight in
      let value = Double((colour >> shift) & 0xFF) / 255
      return weight * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
    return parts.reduce(0, +) < 0.213 ? 0xFFFFFF : 0x222222
  }
}
