/// A square picture on which shapes are painted in order, with smooth edges.
///
/// Scene coordinates are in units of the picture's side, x to the right and y down; colours are red, green and blue
/// from 0 to 1.
struct Canvas {
  typealias Point = SIMD2<Float>
  typealias Colour = SIMD3<Float>

  let size: Int
  private var pixels: [SIMD4<Float>]

  init(size: Int) {
    self.size = size
    pixels = [SIMD4<Float>](repeating: .zero, count: size * size)
  }

  /// Sets every pixel to the result of `colour` for its position.
  @inline(__always)
  mutating func fill(_ colour: (Point) -> Colour) {
    let step = 1 / Float(size)
    for y in 0..<size {
      for x in 0..<size {
        pixels[y * size + x] = SIMD4(colour(Point(Float(x) + 0.5, Float(y) + 0.5) * step), 1)
      }
    }
  }

  /// Paints a shape given in its own frame by a point's signed distance to its edge (negative inside) and the colour
  /// there; evaluates only points within `box`.
  @inline(__always)
  mutating func paint(
    _ box: Box, in frame: Frame = Frame(), opacity: Float = 1, softness: Float = 0,
    distance: (Point) -> Float, colour: (Point) -> Colour
  ) {
    let corners = [
      box.low, Point(box.high.x, box.low.y), Point(box.low.x, box.high.y), box.high,
    ].map { frame.toScene($0) * Float(size) }
    let low = corners.reduce(corners[0]) { pointwiseMin($0, $1) }
    let high = corners.reduce(corners[0]) { pointwiseMax($0, $1) }
    let (left, right) = (max(0, Int(low.x) - 1), min(size, Int(high.x) + 2))
    let (top, bottom) = (max(0, Int(low.y) - 1), min(size, Int(high.y) + 2))
    guard left < right, top < bottom else { return }
    let step = 1 / Float(size)
    let edge = max(softness, step / frame.scale)
    for y in top..<bottom {
      for x in left..<right {
        let point = frame.fromScene(Point(Float(x) + 0.5, Float(y) + 0.5) * step)
        let cover = min(0.5 - distance(point) / edge, 1) * opacity
        guard cover > 0 else { continue }
        let index = y * size + x
        pixels[index] += (SIMD4(colour(point), 1) - pixels[index]) * cover
      }
    }
  }

  /// The colour at any point, interpolated bilinearly.
  func smooth(at place: Point) -> Colour {
    let p = place * Float(size) - 0.5
    let low = p.rounded(.down)
    let t = p - low
    let (left, top) = (min(max(Int(low.x), 0), size - 1), min(max(Int(low.y), 0), size - 1))
    let (right, bottom) = (min(max(Int(low.x) + 1, 0), size - 1), min(max(Int(low.y) + 1, 0), size - 1))
    let upper = pixels[top * size + left] + (pixels[top * size + right] - pixels[top * size + left]) * t.x
    let lower = pixels[bottom * size + left] + (pixels[bottom * size + right] - pixels[bottom * size + left]) * t.x
    let blend = upper + (lower - upper) * t.y
    return Colour(blend.x, blend.y, blend.z)
  }

  /// The picture as bytes, after `finish` has mapped every pixel's colour.
  @inline(__always)
  func image(_ finish: (_ colour: Colour, _ x: Int, _ y: Int) -> Colour) -> RGBImage {
    RGBImage(width: size, height: size) { buffer in
      for y in 0..<size {
        for x in 0..<size {
          let index = y * size + x
          let pixel = pixels[index]
          let colour = finish(Colour(pixel.x, pixel.y, pixel.z), x, y)
          let bytes = (colour.clamped(lowerBound: .zero, upperBound: .one) * 255 + 0.5)
          for channel in 0..<3 { buffer[3 * index + channel] = UInt8(bytes[channel]) }
        }
      }
    }
  }
}
