/// A zip file of stored entries: a normal one, or one that nobody should make.
struct Zip {
  private var entries: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  mutating func add(_ name: String, _ data: [UInt8]) {
    let place = UInt32(entries.count)
    // Version, flags (UTF-8 names), stored, no time; checksum, lengths.
    let facts =
      Self.bytes(UInt16(20), UInt16(0x800), UInt16(0), UInt32(0), Self.crc(data))
      + Self.bytes(UInt32(data.count), UInt32(data.count), UInt16(name.utf8.count), UInt16(0))
    entries += Self.bytes(UInt32(0x0403_4B50)) + facts + Array(name.utf8) + data
    directory +=
      Self.bytes(UInt32(0x0201_4B50), UInt16(20)) + facts
      + Self.bytes(UInt16(0), UInt16(0), UInt16(0), UInt32(0), place) + Array(name.utf8)
    count += 1
  }

  var ended: [UInt8] {
    entries + directory + Self.bytes(UInt32(0x0605_4B50), UInt16(0), UInt16(0), count, count)
      + Self.bytes(UInt32(directory.count), UInt32(entries.count), UInt16(0))
  }

  private static func bytes<each Number: FixedWidthInteger>(_ numbers: repeat each Number) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in repeat each numbers { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    return bytes
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
  }
}
