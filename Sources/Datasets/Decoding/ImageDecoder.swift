import CTurboJPEG

/// Decodes JPEG files to the same pixels as libjpeg's defaults; one for each thread, used again and again.
///
/// Grey images are spread to three equal channels. Uses libjpeg-turbo with the accurate integer transform and smooth
/// chroma upsampling.
public final class JPEGDecoder {
  /// Images of more pixels are refused before memory is taken for them.
  public static let maximumPixels = 100_000_000

  private let handle: tjhandle?
  private var file = FileBytes()

  public init() { handle = tjInitDecompress() }

  deinit { if let handle { tjDestroy(handle) } }

  /// The image in a file; throws `brokenImage`, which names it.
  public func decode(path: String) throws(DatasetError) -> RGBImage {
    do { return try decode(file.read(path)) } catch { throw .brokenImage(.init(path: path, reason: error.reason)) }
  }

  /// Throws `brokenImage` if `decode` would: walks all of the file's data, but makes a small image only.
  public func verify(path: String) throws(DatasetError) {
    do { _ = try decode(file.read(path), scaledDown: true) } catch {
      throw .brokenImage(.init(path: path, reason: error.reason))
    }
  }

  /// The image in a file's bytes; throws a reason.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>, scaledDown: Bool = false) throws(ReadFailure) -> RGBImage {
    guard let handle else { throw ReadFailure("libjpeg-turbo cannot start, memory may be short") }
    guard bytes.count > 0 else { throw ReadFailure("the file is empty") }
    guard bytes.starts(with: [0xFF, 0xD8]) else {
      throw ReadFailure("expected a JPEG file, found one that starts with \(Self.opening(of: bytes))")
    }
    var (width, height, subsampling, colourspace) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let header = tjDecompressHeader3(
      handle, bytes.baseAddress, UInt(bytes.count), &width, &height, &subsampling, &colourspace)
    if header != 0 { try throwUnlessHarmless(handle) }
    guard width > 0, height > 0 else { throw ReadFailure("its header gives no size, the file is damaged") }
    guard Int(width) * Int(height) <= Self.maximumPixels else {
      throw ReadFailure(
        "it has \(width) x \(height) pixels, more than the \(Self.maximumPixels / 1_000_000) million that are allowed; "
          + "scale it down")
    }
    guard colourspace != TJCS_CMYK.rawValue, colourspace != TJCS_YCCK.rawValue else {
      throw ReadFailure("its colours are CMYK, expected RGB or grey; convert it")
    }
    if scaledDown { (width, height) = ((width + 7) / 8, (height + 7) / 8) }
    return try RGBImage(width: Int(width), height: Int(height)) { buffer throws(ReadFailure) in
      let status = tjDecompress2(
        handle, bytes.baseAddress, UInt(bytes.count), buffer.baseAddress, width, 0, height, Int32(TJPF_RGB.rawValue),
        TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
      if status != 0 { try throwUnlessHarmless(handle) }
    }
  }

  /// Stray bytes between two segments change no pixel; everything else that libjpeg-turbo warns of does.
  private func throwUnlessHarmless(_ handle: tjhandle) throws(ReadFailure) {
    let message = tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error"
    guard tjGetErrorCode(handle) == TJERR_WARNING.rawValue, message.contains("extraneous bytes before marker") else {
      throw ReadFailure(message.contains("Premature end") ? "the file is cut short (\(message))" : message)
    }
  }

  private static func opening(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    let opening = bytes.prefix(16)
    guard opening.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else {
      return "the bytes "
        + opening.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
    return "the text " + String(reflecting: String(decoding: opening, as: UTF8.self))
  }
}
