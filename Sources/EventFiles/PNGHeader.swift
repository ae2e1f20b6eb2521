/// The picture's properties in the header of a PNG file.
struct PNGHeader: Equatable {
  let width: Int
  let height: Int
  let channels: Int

  /// Nil if the bytes are not a PNG.
  init?(_ bytes: [UInt8]) {
    guard bytes.count > 26, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { return nil }
    func number(at start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    width = number(at: 16)
    height = number(at: 20)
    guard (1...65_535).contains(width), (1...65_535).contains(height) else { return nil }
    // The colour type: grey, RGB, palette, grey with alpha, RGBA.
    switch bytes[25] {
    case 0: channels = 1
    case 4: channels = 2
    case 6: channels = 4
    default: channels = 3
    }
  }
}
