import Glibc
import ImageCodecs

extension RGBImage {
  /// Encodes the image as JPEG with the given quality (1 to 100), with chroma at half the resolution unless
  /// `fullColour`; throws `cannotEncode`.
  public func jpeg(quality: Int = 92, fullColour: Bool = false) throws(DatasetError) -> [UInt8] {
    try Self.bytes(
      of: s3n_jpeg_encode(pixels, UInt32(width), UInt32(height), Int32(min(max(quality, 1), 100)), fullColour), "JPEG")
  }

  /// Encodes the image as PNG; throws `cannotEncode`.
  public func png() throws(DatasetError) -> [UInt8] {
    try Self.bytes(of: s3n_png_encode(pixels, UInt32(width), UInt32(height)), "PNG")
  }

  private static func bytes(of file: s3n_encoded, _ format: String) throws(DatasetError) -> [UInt8] {
    guard let bytes = file.bytes else {
      let reason = withUnsafeBytes(of: file.refusal) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw .cannotEncode(format: format, reason: reason)
    }
    defer { free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: file.count))
  }
}
