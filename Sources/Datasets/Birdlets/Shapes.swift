/// Signed distances to shapes' edges, negative inside.
enum Shape {
  typealias Point = SIMD2<Float>

  static func circle(_ p: Point, _ centre: Point, _ radius: Float) -> Float { length(p - centre) - radius }

  /// An axis-aligned ellipse; the distance is exact on the edge and approximate near it.
  static func ellipse(_ p: Point, _ centre: Point, _ radii: Point) -> Float {
    let q = (p - centre) / radii
    let outer = length(q)
    let inner = length(q / radii)
    return inner > 1e-6 ? outer * (outer - 1) / inner : -min(radii.x, radii.y)
  }

  /// A line from `a` to `b` with round ends; `start` and `end` are its half-widths at `a` and `b`.
  static func capsule(_ p: Point, _ a: Point, _ b: Point, _ start: Float, _ end: Float) -> Float {
    let along = b - a
    let t = min(max(dot(p - a, along) / dot(along, along), 0), 1)
    return length(p - a - along * t) - (start + (end - start) * t)
  }

  /// A leaf from `a` to `b`: the intersection of two circles, `width` of its length wide.
  static func leaf(_ p: Point, _ a: Point, _ b: Point, _ width: Float) -> Float {
    let half = length(b - a) / 2
    let along = (b - a) / (2 * half)
    let q = p - (a + b) / 2
    let local = Point(dot(q, along), abs(along.x * q.y - along.y * q.x))
    let height = half * width
    let radius = (half * half + height * height) / (2 * height)
    return length(local + Point(0, radius - height)) - radius
  }

  /// A triangle with its corners in either order.
  static func triangle(_ p: Point, _ a: Point, _ b: Point, _ c: Point) -> Float {
    let clockwise: Float = cross(b - a, c - a) > 0 ? 1 : -1
    func side(_ from: Point, _ to: Point) -> Float {
      clockwise * cross(p - from, to - from) / length(to - from)
    }
    return max(side(a, b), side(b, c), side(c, a))
  }

  /// The union of two shapes with a fillet of size `k` between them.
  static func blend(_ a: Float, _ b: Float, _ k: Float) -> Float {
    let overlap = max(k - abs(a - b), 0) / k
    return min(a, b) - overlap * overlap * k / 4
  }
}

func length(_ p: SIMD2<Float>) -> Float { (p * p).sum().squareRoot() }
func dot(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { (a * b).sum() }
func cross(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float { a.x * b.y - a.y * b.x }

func normalized(_ v: SIMD3<Float>) -> SIMD3<Float> { v / (v * v).sum().squareRoot() }

/// 0 below `low`, 1 above `high`, smooth in between; decreasing if `low` is the larger.
func smoothstep(_ low: Float, _ high: Float, _ x: Float) -> Float {
  let t = min(max((x - low) / (high - low), 0), 1)
  return t * t * (3 - 2 * t)
}

func mix(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ t: Float) -> SIMD3<Float> { a + (b - a) * t }
