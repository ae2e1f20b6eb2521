import ImageCodecs

/// An image file format, recognized by the file's first bytes and not by its name.
enum ImageFormat: Equatable, CaseIterable {
  case jpeg, png, webp

  /// The format of a file that begins with these bytes; nil if it is none of these.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.starts(with: [0xFF, 0xD8]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// The size in the header, without decoding; throws a reason.
  func size(_ bytes: UnsafeBufferPointer<UInt8>) throws(ReadFailure) -> (width: Int, height: Int) {
    var image = s3n_image()
    let done =
      switch self {
      case .jpeg: s3n_jpeg_header(bytes.baseAddress, bytes.count, &image)
      case .png: s3n_png_header(bytes.baseAddress, bytes.count, &image)
      case .webp: s3n_webp_header(bytes.baseAddress, bytes.count, &image)
      }
    guard done else { throw ReadFailure(refusing: image) }
    return (Int(image.width), Int(image.height))
  }

  /// Writes the pixels to `rgb`, which has room for all; if nil, only reads all data. Throws a reason.
  func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into rgb: UnsafeMutableBufferPointer<UInt8>?
  ) throws(ReadFailure) {
    var image = s3n_image()
    let done =
      switch self {
      case .jpeg: s3n_jpeg_decode(bytes.baseAddress, bytes.count, rgb?.baseAddress, &image)
      case .png: s3n_png_decode(bytes.baseAddress, bytes.count, rgb?.baseAddress, &image)
      case .webp: s3n_webp_decode(bytes.baseAddress, bytes.count, rgb?.baseAddress, &image)
      }
    guard done else { throw ReadFailure(refusing: image) }
  }

  /// Describes a file of another format, as far as its first bytes tell.
  static func description(ofOther bytes: UnsafeBufferPointer<UInt8>) -> String {
    let known = [
      ("GIF8", "a GIF"), ("BM", "a BMP"), ("II*\0", "a TIFF"), ("MM\0*", "a TIFF"), ("%PDF", "a PDF"),
      ("<!DOCTYPE", "an HTML page"), ("<html", "an HTML page"),
    ]
    if let (_, name) = known.first(where: { bytes.starts(with: $0.0.utf8) }) { return name }
    if bytes.dropFirst(4).starts(with: "ftyp".utf8) { return "a HEIC, AVIF or video file" }
    let opening = bytes.prefix(16)
    guard opening.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else {
      return "one that starts with the bytes "
        + opening.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
    return "the text " + String(reflecting: String(decoding: opening, as: UTF8.self))
  }
}

extension ReadFailure {
  fileprivate init(refusing image: s3n_image) {
    let reason = withUnsafeBytes(of: image.refusal) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    self.init(reason.isEmpty ? "its decoder gives no reason" : reason)
  }
}
