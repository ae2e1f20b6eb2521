import Tensors

/// Damages valid files at random, but identically for the same seed.
enum Mutator {
  /// Returns one of the samples with up to four changes.
  static func input(from samples: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = samples[generator.below(samples.count)]
    for _ in 0..<[1, 1, 1, 2, 4][generator.below(5)] { mutate(&bytes, &generator) }
    return bytes
  }

  /// Makes one change: a bit, a byte, an extreme number, a range removed, duplicated or moved, or the end cut off.
  private static func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(generator.below(256))) }
    let position = position(in: bytes.count, &generator)
    let stretch = position..<min(bytes.count, position + 1 + generator.below(32))
    switch generator.below(9) {
    case 0: bytes[position] ^= 1 << UInt8(generator.below(8))
    case 1: bytes[position] = UInt8(generator.below(256))
    case 2, 3:
      let numbers: [Int64] = [0, 1, -1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, .max, .min, 1 << 40]
      let number = withUnsafeBytes(of: numbers[generator.below(numbers.count)].littleEndian) { [UInt8]($0) }
      let width = [1, 2, 4, 8][generator.below(4)]
      bytes.replaceSubrange(position..<min(bytes.count, position + width), with: number.prefix(width))
    case 4: bytes.removeSubrange(stretch)
    case 5: bytes.insert(contentsOf: bytes[stretch], at: position)
    case 6: bytes.insert(contentsOf: bytes[stretch], at: generator.below(bytes.count))
    case 7:
      let words = [
        "-1", "99999999999999999999", "1e999", "nan", "\"", ",", "\n", "\r", "\0", "../", "é", "{", "]", " ",
      ]
      bytes.insert(contentsOf: words[generator.below(words.count)].utf8, at: position)
    default: bytes.removeLast(generator.below(bytes.count))
    }
  }

  /// Returns a position anywhere, or near one of the ends, where headers and tables of contents lie.
  private static func position(in count: Int, _ generator: inout SeededGenerator) -> Int {
    let near = min(count, 2048)
    switch generator.below(3) {
    case 0: return generator.below(near)
    case 1: return count - 1 - generator.below(near)
    default: return generator.below(count)
    }
  }
}
