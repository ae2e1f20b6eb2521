/// Decodes JPEG, PNG and WebP files to the pixels of Pillow's `Image.open(file).convert("RGB")`; use one per thread and
/// reuse it.
///
/// Grey is replicated to three channels, alpha is dropped, 16-bit colours keep their upper 8 bits, and 16-bit grey is
/// clipped at 255, as in Pillow. Only the first frame of an animation is decoded.
public final class ImageDecoder {
  /// Images with more pixels are rejected before memory is allocated.
  public static let maximumPixels = 100_000_000

  /// Whether to stop; called while waiting for a file.
  let shouldStop: () -> Bool
  private var file = FileBytes()

  public init(shouldStop: @escaping () -> Bool = { false }) { self.shouldStop = shouldStop }

  /// The image in a file, as its pixels are stored; throws `brokenImage` or `unreadableImage`, naming the file.
  public func decode(path: String) throws(DatasetError) -> RGBImage { try decode(path, turning: false) }

  /// The image in a file, rotated as EXIF says if `turning`.
  func decode(_ path: String, turning: Bool) throws(DatasetError) -> RGBImage {
    do throws(ReadFailure) { return try decode(file.read(path), turning: turning) } catch {
      throw error.ofImage(path)
    }
  }

  /// The size of the image that `decode` would return; throws what `decode` would throw. Reads all of the file's data
  /// but builds no image.
  func verify(_ path: String, turning: Bool = false) throws(DatasetError) -> (width: Int, height: Int) {
    do throws(ReadFailure) { return try verify(file.read(path), turning: turning) } catch {
      throw error.ofImage(path)
    }
  }

  /// The image in a file's bytes; throws a reason.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>, turning: Bool = false) throws(ReadFailure) -> RGBImage {
    let (format, width, height) = try opened(bytes)
    let image = try RGBImage(width: width, height: height) { rgb throws(ReadFailure) in
      try format.decode(bytes, into: rgb)
    }
    return turning ? image.turned(Orientation(of: bytes, format)) : image
  }

  func verify(
    _ bytes: UnsafeBufferPointer<UInt8>, turning: Bool = false
  ) throws(ReadFailure) -> (width: Int, height: Int) {
    let (format, width, height) = try opened(bytes)
    try format.decode(bytes, into: nil)
    return turning && Orientation(of: bytes, format).swapsSides ? (height, width) : (width, height)
  }

  /// The format and size of an image, if it may be decoded.
  private func opened(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(ReadFailure) -> (format: ImageFormat, width: Int, height: Int) {
    guard bytes.count > 0 else { throw ReadFailure("the file is empty") }
    guard let format = ImageFormat(bytes) else {
      throw ReadFailure("expected a JPEG, PNG or WebP file, found \(ImageFormat.description(ofOther: bytes))")
    }
    let (width, height) = try format.size(bytes)
    guard width > 0, height > 0 else { throw ReadFailure("its header gives no size, the file is damaged") }
    guard width <= Self.maximumPixels, height <= Self.maximumPixels / width else {
      throw ReadFailure(
        "it has \(width) x \(height) pixels, more than the \(Self.maximumPixels / 1_000_000) million that are allowed; "
          + "scale it down")
    }
    return (format, width, height)
  }
}

extension ReadFailure {
  fileprivate func ofImage(_ path: String) -> DatasetError {
    let image = BrokenImage(path: path, reason: reason)
    return isOfSystem ? .unreadableImage(image) : .brokenImage(image)
  }
}
