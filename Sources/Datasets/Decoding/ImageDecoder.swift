/// Decodes JPEG, PNG and WebP files to the pixels of Pillow's `Image.open(file).convert("RGB")`; one for each thread, used
/// again and again.
///
/// Grey is spread to three equal channels, alpha is dropped, of colours of 16 bits the upper 8 are kept; grey of 16 bits is
/// cut off at 255, as Pillow does it. Of an animation the first frame is taken.
public final class ImageDecoder {
  /// Images of more pixels are refused before memory is taken for them.
  public static let maximumPixels = 100_000_000

  /// Whether whoever loads with this decoder wants an end: asked while a file is waited for.
  let shouldStop: () -> Bool
  private var file = FileBytes()

  public init(shouldStop: @escaping () -> Bool = { false }) { self.shouldStop = shouldStop }

  /// The image in a file, as its pixels are stored; throws `brokenImage` or `unreadableImage`, which name it.
  public func decode(path: String) throws(DatasetError) -> RGBImage { try decode(path, turning: false) }

  /// The image in a file, turned as EXIF says if `turning`.
  func decode(_ path: String, turning: Bool) throws(DatasetError) -> RGBImage {
    do throws(ReadFailure) { return try decode(file.read(path), turning: turning) } catch {
      throw error.ofImage(path)
    }
  }

  /// The size of the image that `decode` would give, and throws what that would throw: reads all of the file's data, but
  /// makes no image.
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

  /// The format and size of an image that may be decoded.
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
