/// The reference for `Resampler` in tests: the same steps one by one, each over the whole image.
enum ReferenceResampling {
  static func resample(_ image: RGBImage, _ geometry: Geometry) -> RGBImage {
    let part = crop(image, geometry.crop)
    let (width, height) = (geometry.width, geometry.height)
    let resized =
      geometry.columnsFirst
      ? resizeRows(resizeColumns(part, to: width), to: height)
      : resizeColumns(resizeRows(part, to: height), to: width)
    let window = crop(resized, geometry.window)
    return geometry.flipped ? flip(window) : window
  }

  static func crop(_ image: RGBImage, _ part: Rectangle) -> RGBImage {
    map(width: part.width, height: part.height) { x, y in image[part.x + x, part.y + y] }
  }

  static func flip(_ image: RGBImage) -> RGBImage {
    map(width: image.width, height: image.height) { x, y in image[image.width - 1 - x, y] }
  }

  static func resizeColumns(_ image: RGBImage, to width: Int) -> RGBImage {
    let columns = ResampleWeights(from: image.width, to: width, kept: 0..<width)
    return map(width: width, height: image.height) { x, y in columns.sum(at: x) { image[$0, y] } }
  }

  static func resizeRows(_ image: RGBImage, to height: Int) -> RGBImage {
    let rows = ResampleWeights(from: image.height, to: height, kept: 0..<height)
    return map(width: image.width, height: height) { x, y in rows.sum(at: y) { image[x, $0] } }
  }

  static func normalize(_ image: RGBImage, _ normalization: Normalization) -> [Float] {
    image.pixels.enumerated().map { index, value in
      (Float(value) / 255 - normalization.mean[index % 3]) / normalization.deviation[index % 3]
    }
  }

  private static func map(width: Int, height: Int, _ pixel: (Int, Int) -> SIMD3<UInt8>) -> RGBImage {
    var result = RGBImage(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
    for y in 0..<height { for x in 0..<width { result[x, y] = pixel(x, y) } }
    return result
  }
}

extension ResampleWeights {
  /// The weighted sum of the pixels for one output position.
  fileprivate func sum(at output: Int, _ pixel: (Int) -> SIMD3<UInt8>) -> SIMD3<UInt8> {
    var sum = SIMD3<Int32>(repeating: 1 << (Self.fractionBits - 1))
    for tap in 0..<Int(counts[output]) {
      sum &+= SIMD3<Int32>(truncatingIfNeeded: pixel(Int(starts[output]) + tap)) &* weights[output * taps + tap]
    }
    return SIMD3<UInt8>(truncatingIfNeeded: pointwiseMin(sum &>> Self.fractionBits, SIMD3(repeating: 255)))
  }
}
