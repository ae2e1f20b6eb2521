import Glibc

/// An upright rectangle in a shape's own frame.
struct Box {
  var low: SIMD2<Float>
  var high: SIMD2<Float>

  init(_ left: Float, _ top: Float, _ right: Float, _ bottom: Float) {
    low = SIMD2(left, top)
    high = SIMD2(right, bottom)
  }

  init(around centre: SIMD2<Float>, _ radius: Float) {
    low = centre - radius
    high = centre + radius
  }
}

/// Maps a shape's own coordinates to the scene: scaled, perhaps mirrored, rotated, then moved.
struct Frame {
  let origin: SIMD2<Float>
  let scale: Float
  let mirrored: Bool
  /// Clockwise on the screen, in radians.
  let angle: Float
  private let cosine: Float
  private let sine: Float

  init(origin: SIMD2<Float> = .zero, scale: Float = 1, angle: Float = 0, mirrored: Bool = false) {
    (self.origin, self.scale, self.mirrored, self.angle) = (origin, scale, mirrored, angle)
    (cosine, sine) = (cos(angle), sin(angle))
  }

  func toScene(_ point: SIMD2<Float>) -> SIMD2<Float> {
    let p = SIMD2(mirrored ? -point.x : point.x, point.y)
    return origin + scale * SIMD2(cosine * p.x - sine * p.y, sine * p.x + cosine * p.y)
  }

  func fromScene(_ point: SIMD2<Float>) -> SIMD2<Float> {
    let p = (point - origin) / scale
    let turned = SIMD2(cosine * p.x + sine * p.y, cosine * p.y - sine * p.x)
    return SIMD2(mirrored ? -turned.x : turned.x, turned.y)
  }

  /// This frame with its origin moved.
  func moved(by offset: SIMD2<Float>) -> Frame {
    Frame(origin: origin + offset, scale: scale, angle: angle, mirrored: mirrored)
  }

  /// The frame of a part at `place` in this frame, rotated by `angle` as seen in it.
  func inner(at place: SIMD2<Float>, angle turn: Float) -> Frame {
    Frame(origin: toScene(place), scale: scale, angle: angle + (mirrored ? -turn : turn), mirrored: mirrored)
  }
}
