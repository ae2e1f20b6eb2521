import Glibc

/// A bird's pose, build and the positions of its parts, used by both the painter and the annotations.
///
/// The bird faces right; the origin of its frame is the centre of its trunk, which is about 1 long.
struct Anatomy {
  typealias Point = SIMD2<Float>

  /// The unit is about the length of the trunk.
  var bird: Frame
  /// The trunk's width and the head's size, relative to the usual.
  let plumpness: Float
  let headSize: Float
  /// The downward turn of the head and the upward turn of the tail, in radians.
  let nod: Float
  let tailLift: Float

  static let headCentre = Point(0.33, -0.27)
  var headRadius: Float { 0.185 * headSize }
  /// The head's frame, turned by `nod`; its origin is the head's centre.
  var head: Frame { bird.inner(at: Self.headCentre, angle: nod) }

  static let trunkAngle: Float = -0.46
  var trunkRadii: Point { Point(0.40, 0.245 * plumpness) }
  /// The trunk's frame: x towards the breast, y towards the belly.
  var trunk: Frame { bird.inner(at: .zero, angle: Self.trunkAngle) }

  static let tailLength: Float = 0.66
  static let tailHalfWidth: (base: Float, end: Float) = (0.075, 0.105)
  /// The position of the band, in tail lengths.
  static let tailBand: ClosedRange<Float> = 0.66...0.88
  /// The tail's frame; the tail points to negative x.
  var tail: Frame { bird.inner(at: Point(-0.26, 0.17), angle: tailLift - 0.42) }

  static let shoulder = Point(0.235, -0.055)
  static let wingTip = Point(-0.62, 0.015)
  /// Where the bars cross the wing, in lengths from the shoulder.
  static let wingBars: [Float] = [0.30, 0.46]

  /// The eye's centre in the head's frame.
  var eye: Point { Point(0.40, -0.10) * headRadius }
  func beakTip(isLong: Bool) -> Point { (isLong ? Point(2.5, 0.18) : Point(1.5, 0.16)) * headRadius }

  static let legs: [(hip: Point, foot: Point)] = [
    (Point(0.02, 0.2), Point(0.06, 0.43)), (Point(-0.08, 0.2), Point(-0.06, 0.44)),
  ]

  // MARK: Annotations

  /// The centre of each mark, or of the place where it would be, in scene coordinates, in the order of
  /// `Birdlets.partNames`.
  var markPlaces: [Point] {
    let bars = (Self.wingBars[0] + Self.wingBars[1]) / 2
    let band = (Self.tailBand.lowerBound + Self.tailBand.upperBound) / 2
    return [
      head.toScene(Point(0, -0.72) * headRadius), head.toScene(eye),
      trunk.toScene(Self.shoulder + (Self.wingTip - Self.shoulder) * bars),
      head.toScene(Point(1.45, 0.14) * headRadius), tail.toScene(Point(-Self.tailLength * band, 0)),
    ]
  }

  /// The smallest axis-aligned box around a bird with the given `marks`, in scene coordinates.
  func box(of marks: Marks) -> Box {
    let around = stride(from: Float(0), to: 2 * .pi, by: .pi / 12).map { Point(cos($0), sin($0)) }
    let end = Self.tailHalfWidth.end
    let points =
      around.map { head.toScene($0 * headRadius) } + around.map { trunk.toScene($0 * trunkRadii) }
      + [Point(-Self.tailLength, -end), Point(-Self.tailLength, end)].map(tail.toScene)
      + [head.toScene(beakTip(isLong: marks.contains(.longBeak))), trunk.toScene(Self.wingTip)]
      + Self.legs.flatMap { [$0.foot + Point(0.095, 0.03), $0.foot + Point(-0.07, 0.035)] }.map(bird.toScene)
    let low = points.reduce(points[0]) { pointwiseMin($0, $1) }
    let high = points.reduce(points[0]) { pointwiseMax($0, $1) }
    return Box(low.x, low.y, high.x, high.y)
  }
}
