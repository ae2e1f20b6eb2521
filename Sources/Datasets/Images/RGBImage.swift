/// An image of 8-bit red, green and blue, row by row from the top: (height, width, 3).
public struct RGBImage: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// height x width x 3 values.
  public private(set) var pixels: [UInt8]

  /// An image of the given values, or of one grey.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * 3, "an image needs width x height x 3 values")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// An image whose values `fill` writes, all of them.
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
}
