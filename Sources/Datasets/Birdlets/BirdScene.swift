import Tensors

/// Everything about one picture that is left to chance; none of it depends on the class.
struct BirdScene {
  /// The bird's place: its own unit is about the length of its trunk.
  var bird: Frame
  /// The width of the trunk, and the size of the head, against the usual.
  var plumpness: Float
  var headSize: Float
  /// How far the head is turned down and the tail is raised, in radians.
  var nod: Float
  var tailLift: Float
  var plumage: Plumage
  var breastIsStreaked: Bool
  var light: Light
  var setting: Setting
  /// For textures.
  var noise: Noise

  struct Light {
    /// Towards the light in the picture, its third part towards the viewer.
    var direction: SIMD3<Float>
    var tint: SIMD3<Float>
    var grain: Float
  }

  init(using generator: inout SeededGenerator) {
    let scale = generator.between(0.42, 0.54)
    let lean = generator.between(-0.26, 0.26)
    let mirrored = generator.uniform() < 0.5
    // Tail and beak reach unequally far from the origin.
    let middle = 0.5 + (mirrored ? -0.08 : 0.08) * scale
    let origin = SIMD2(middle + generator.between(-0.05, 0.05), 0.49 + generator.between(-0.06, 0.06))
    bird = Frame(origin: origin, scale: scale, angle: lean, mirrored: mirrored)
    plumpness = generator.between(0.9, 1.12)
    headSize = generator.between(0.93, 1.08)
    nod = generator.between(-0.22, 0.22)
    tailLift = generator.between(-0.25, 0.3)
    plumage = Plumage.all[generator.below(Plumage.all.count)].varied { generator.between(-1, 1) }
    breastIsStreaked = generator.uniform() < 0.35
    let side = generator.between(-0.7, 0.7)
    let warmth = generator.between(-0.06, 0.09)
    light = Light(
      direction: normalized(SIMD3(side, -0.75, 0.55)),
      tint: SIMD3(1 + warmth, 1, 1 - warmth) * generator.between(0.88, 1.1), grain: generator.between(0.008, 0.022))
    setting = Setting.all[generator.below(Setting.all.count)]
    noise = Noise(seed: generator.next())
  }
}

extension SeededGenerator {
  /// A uniform draw from [low, high).
  mutating func between(_ low: Float, _ high: Float) -> Float { low + (high - low) * uniform() }
}
