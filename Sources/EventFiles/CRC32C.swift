/// The CRC with Castagnoli's polynomial (RFC 3720, appendix B.4), which verifies that records are intact.
enum CRC32C {
  /// The polynomial 0x1EDC6F41, bit-reversed, applied to each byte.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
  }

  static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { value, byte in value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
  }

  /// The masked form in TFRecord files, whose contents may hold checksums themselves.
  static func masked(of bytes: some Sequence<UInt8>) -> UInt32 {
    let checksum = checksum(of: bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }
}
