/// An 8-bit RGB image, row by row from the top: (height, width, 3).
public struct RGBImage: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// height x width x 3 values.
  public private(set) var pixels: [UInt8]

  /// An image of the given height x width x 3 values.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * 3, "an image needs width x height x 3 values")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// An image whose values are all written by `fill`.
  init<Failure: Error>(
    width: Int, height: Int, fill: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let count = width * height * 3
    var failure: Failure?
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(Failure) {
        try fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        initialized = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The red, green and blue of one pixel.
  public subscript(x: Int, y: Int) -> SIMD3<UInt8> {
    get {
      let offset = (y * width + x) * 3
      return SIMD3(pixels[offset], pixels[offset + 1], pixels[offset + 2])
    }
    set {
      let offset = (y * width + x) * 3
      for channel in 0..<3 { pixels[offset + channel] = newValue[channel] }
    }
  }

  /// An image of one colour.
  public init(width: Int, height: Int, colour: SIMD3<UInt8>) {
    self.init(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
    fill(Rectangle(x: 0, y: 0, width: width, height: height), colour)
  }

  /// Fills a rectangle, clipped to the image.
  public mutating func fill(_ part: Rectangle, _ colour: SIMD3<UInt8>) {
    for y in max(0, part.y)..<max(0, part.y, min(height, part.y + part.height)) {
      for x in max(0, part.x)..<max(0, part.x, min(width, part.x + part.width)) { self[x, y] = colour }
    }
  }

  /// Pastes another image with its top left corner at (x, y), clipped to this image.
  public mutating func paste(_ image: RGBImage, x left: Int, y top: Int) {
    for y in max(0, -top)..<max(0, -top, min(image.height, height - top)) {
      for x in max(0, -left)..<max(0, -left, min(image.width, width - left)) { self[left + x, top + y] = image[x, y] }
    }
  }

  /// The image without its bottom `rows` rows, which must be fewer than its height.
  func withoutBottom(_ rows: Int) -> RGBImage {
    RGBImage(width: width, height: height - rows, pixels: Array(pixels[..<((height - rows) * width * 3)]))
  }
}
