import CTurboJPEG

extension RGBImage {
  /// The image as a JPEG file of the given quality (1 to 100), its colours at half the resolution unless `fullColour`.
  public func jpeg(quality: Int = 92, fullColour: Bool = false) throws(DatasetError) -> [UInt8] {
    var memory: UnsafeMutablePointer<UInt8>?
    var bytes: UInt = 0
    defer { tjFree(memory) }
    guard let encoder = tjInitCompress() else { throw .cannotEncode(reason: "libjpeg-turbo cannot start") }
    defer { tjDestroy(encoder) }
    let sampling = fullColour ? TJSAMP_444 : TJSAMP_420
    let status = tjCompress2(
      encoder, pixels, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), &memory, &bytes,
      Int32(bitPattern: sampling.rawValue), Int32(min(max(quality, 1), 100)), TJFLAG_ACCURATEDCT)
    guard status == 0, memory != nil else {
      throw .cannotEncode(reason: tjGetErrorStr2(encoder).map { String(cString: $0) } ?? "unknown error")
    }
    return Array(UnsafeBufferPointer(start: memory, count: Int(bytes)))
  }
}
