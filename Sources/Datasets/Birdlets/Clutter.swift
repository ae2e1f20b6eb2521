import Tensors

/// An object in focus that is not a bird; it has colours of the marks, so that colour alone reveals no class.
struct Clutter {
  typealias Point = SIMD2<Float>

  private enum Kind: CaseIterable { case leaf, goldenLeaf, berry, blossom, stalk }

  private let kind: Kind
  private let frame: Frame
  private let colour: SIMD3<Float>

  /// Anywhere in the picture.
  init(anywhereIn setting: Setting, using generator: inout SeededGenerator) {
    let place = Point(generator.uniform(), generator.uniform())
    self.init(at: place, size: generator.between(0.05, 0.12), in: setting, using: &generator)
  }

  /// Near a point of the bird, which it may cover.
  init(near place: Point, of bird: Frame, in setting: Setting, using generator: inout SeededGenerator) {
    let away = Point(generator.between(-0.3, 0.3), generator.between(-0.3, 0.3)) * bird.scale
    let size = generator.between(0.18, 0.32) * bird.scale
    self.init(at: place + away, size: size, in: setting, using: &generator)
  }

  private init(at place: Point, size: Float, in setting: Setting, using generator: inout SeededGenerator) {
    kind = Kind.allCases[generator.below(Kind.allCases.count)]
    frame = Frame(origin: place, scale: size, angle: generator.between(-3.1, 3.1))
    let light = generator.between(0.75, 1.2)
    let own: SIMD3<Float> =
      switch kind {
      case .leaf: setting.leaf
      case .goldenLeaf: [0.93, 0.70, 0.16]
      case .berry: [0.72, 0.09, 0.12]
      case .blossom: [0.95, 0.94, 0.90]
      case .stalk: setting.bark
      }
    colour = own * light
  }

  /// Whether it hides a point of the scene.
  func covers(_ place: Point) -> Bool { distance(frame.fromScene(place)) < 0 }

  func paint(on canvas: inout Canvas) {
    canvas.paint(Box(-0.6, -0.6, 0.6, 0.6), in: frame) {
      distance($0)
    } colour: {
      shade($0)
    }
  }

  /// Signed distance in the piece's own frame, where it is about 1 long.
  private func distance(_ p: Point) -> Float {
    switch kind {
    case .leaf, .goldenLeaf: Shape.leaf(p, Point(-0.5, 0), Point(0.5, 0), 0.42)
    case .berry: Shape.circle(p, .zero, 0.2)
    case .blossom: min(Shape.ellipse(p, .zero, Point(0.34, 0.13)), Shape.ellipse(p, .zero, Point(0.13, 0.34)))
    case .stalk: Shape.capsule(p, Point(-0.5, 0), Point(0.5, 0.08), 0.05, 0.02)
    }
  }

  private func shade(_ p: Point) -> SIMD3<Float> {
    switch kind {
    case .leaf, .goldenLeaf:
      return colour * (0.85 + 0.2 * p.x + 0.25 * smoothstep(0.03, 0.01, abs(p.y)) + (p.y < 0 ? 0.1 : 0))
    case .berry:
      let q = p / 0.2
      let glint = smoothstep(0.35, 0.1, length(q - Point(-0.3, -0.4)))
      return mix(colour * (1 - 0.45 * dot(q, q)), [1, 0.9, 0.9], glint)
    case .blossom: return mix(colour, [0.95, 0.80, 0.25], smoothstep(0.09, 0.05, length(p)))
    case .stalk: return colour * (1 - 2 * p.y)
    }
  }
}
