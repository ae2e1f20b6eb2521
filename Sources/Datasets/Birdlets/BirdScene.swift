import Tensors

/// Everything random about one picture; none of it depends on the class.
struct BirdScene {
  /// How much of the picture the bird fills, and how much clutter is in focus.
  struct Style: Sendable {
    /// The trunk's length, in picture sides.
    var scale: ClosedRange<Float>
    /// The width of the border that the bird stays out of, in picture sides.
    var margin: Float
    /// The maximum pieces of clutter behind and in front of the bird.
    var behind: Int
    var before: Int

    /// Small, anywhere, among clutter in the marks' colours; a mark is a few pixels at a network's input size.
    static let small = Style(scale: 0.11...0.19, margin: 0.07, behind: 16, before: 1)
    /// Sizes that overlap those of `small`, and larger ones.
    static let various = Style(scale: 0.15...0.45, margin: 0.07, behind: 16, before: 1)
  }

  var anatomy: Anatomy
  var plumage: Plumage
  var breastIsStreaked: Bool
  var light: Light
  var setting: Setting
  /// For textures.
  var noise: Noise
  /// The bird's perch.
  var branch: Branch
  /// The clutter in focus behind and in front of the bird.
  var behind: [Clutter] = []
  var before: [Clutter] = []

  struct Light {
    /// Towards the light; the third component points towards the viewer.
    var direction: SIMD3<Float>
    var tint: SIMD3<Float>
    var grain: Float
  }

  init(_ style: Style, using generator: inout SeededGenerator) {
    anatomy = Anatomy(
      bird: Frame(
        scale: generator.between(style.scale.lowerBound, style.scale.upperBound),
        angle: generator.between(-0.26, 0.26), mirrored: generator.uniform() < 0.5),
      plumpness: generator.between(0.9, 1.12), headSize: generator.between(0.93, 1.08),
      nod: generator.between(-0.22, 0.22), tailLift: generator.between(-0.25, 0.3))
    // With the longest beak, so that the position does not reveal the beak's length.
    let extent = anatomy.box(of: .longBeak)
    let room = SIMD2<Float>(repeating: 1 - 2 * style.margin) - (extent.high - extent.low)
    let free = SIMD2(generator.uniform(), generator.uniform())
    anatomy.bird = anatomy.bird.moved(by: style.margin + pointwiseMax(room, .zero) * free - extent.low)
    plumage = Plumage.all[generator.below(Plumage.all.count)].varied { generator.between(-1, 1) }
    breastIsStreaked = generator.uniform() < 0.35
    let side = generator.between(-0.7, 0.7)
    let warmth = generator.between(-0.06, 0.09)
    light = Light(
      direction: normalized(SIMD3(side, -0.75, 0.55)),
      tint: SIMD3(1 + warmth, 1, 1 - warmth) * generator.between(0.88, 1.1), grain: generator.between(0.008, 0.022))
    setting = Setting.all[generator.below(Setting.all.count)]
    noise = Noise(seed: generator.next())
    branch = Branch(under: anatomy.bird, in: setting, noise, using: &generator)
    behind = (0..<generator.below(style.behind + 1)).map { _ in Clutter(anywhereIn: setting, using: &generator) }
    let (bird, places) = (anatomy.bird, anatomy.markPlaces)
    before = (0..<generator.below(style.before + 1)).map { _ in
      Clutter(near: places[generator.below(places.count)], of: bird, in: setting, using: &generator)
    }
  }

  /// Whether a point lies in the picture and nothing in front of the bird hides it.
  func isVisible(_ place: SIMD2<Float>) -> Bool {
    place.min() >= 0 && place.max() < 1 && !branch.covers(place) && !before.contains { $0.covers(place) }
  }
}

extension SeededGenerator {
  /// A uniform draw from [low, high).
  mutating func between(_ low: Float, _ high: Float) -> Float { low + (high - low) * uniform() }
}
