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
    func any(_ low: Float, _ high: Float) -> Float { low + (high - low) * generator.uniform() }
    let scale = any(0.42, 0.54)
    let lean = any(-0.26, 0.26)
    let mirrored = generator.uniform() < 0.5
    bird = Frame(
      origin: SIMD2(0.5 + any(-0.05, 0.05) + (mirrored ? -0.08 : 0.08) * scale, 0.49 + any(-0.06, 0.06)), scale: scale,
      angle: lean, mirrored: mirrored)
    plumpness = any(0.9, 1.12)
    headSize = any(0.93, 1.08)
    nod = any(-0.22, 0.22)
    tailLift = any(-0.25, 0.3)
    plumage = Plumage.all[generator.below(Plumage.all.count)].varied { any(-1, 1) }
    breastIsStreaked = generator.uniform() < 0.35
    let side = any(-0.7, 0.7)
    let warmth = any(-0.06, 0.09)
    light = Light(
      direction: normalized(SIMD3(side, -0.75, 0.55)),
      tint: SIMD3(1 + warmth, 1, 1 - warmth) * any(0.88, 1.1), grain: any(0.008, 0.022))
    setting = Setting.all[generator.below(Setting.all.count)]
    noise = Noise(seed: generator.next())
  }
}

/// The colours of a bird that its class does not decide.
struct Plumage {
  var back: SIMD3<Float>
  var belly: SIMD3<Float>
  var wing: SIMD3<Float>
  var beak: SIMD3<Float>

  static let all = [
    Plumage(
      back: [0.42, 0.34, 0.26], belly: [0.83, 0.76, 0.64], wing: [0.29, 0.23, 0.18], beak: [0.30, 0.26, 0.24]),
    Plumage(
      back: [0.38, 0.42, 0.47], belly: [0.80, 0.81, 0.80], wing: [0.24, 0.27, 0.32], beak: [0.20, 0.20, 0.22]),
    Plumage(
      back: [0.45, 0.46, 0.25], belly: [0.86, 0.82, 0.52], wing: [0.28, 0.30, 0.18], beak: [0.35, 0.30, 0.25]),
    Plumage(
      back: [0.25, 0.36, 0.50], belly: [0.78, 0.70, 0.62], wing: [0.17, 0.24, 0.36], beak: [0.18, 0.18, 0.20]),
    Plumage(
      back: [0.50, 0.32, 0.20], belly: [0.82, 0.66, 0.50], wing: [0.33, 0.21, 0.14], beak: [0.40, 0.32, 0.22]),
    Plumage(
      back: [0.33, 0.30, 0.33], belly: [0.72, 0.68, 0.68], wing: [0.20, 0.18, 0.21], beak: [0.55, 0.42, 0.25]),
    Plumage(
      back: [0.30, 0.42, 0.38], belly: [0.80, 0.84, 0.74], wing: [0.18, 0.27, 0.25], beak: [0.22, 0.22, 0.22]),
    Plumage(
      back: [0.58, 0.48, 0.34], belly: [0.90, 0.85, 0.74], wing: [0.38, 0.31, 0.23], beak: [0.48, 0.38, 0.28]),
  ]

  /// The same plumage, each colour a little lighter or darker; `draw` gives numbers from -1 to 1.
  func varied(_ draw: () -> Float) -> Plumage {
    func vary(_ colour: SIMD3<Float>) -> SIMD3<Float> {
      let light = 1 + 0.12 * draw()
      return colour * light * (1 + 0.06 * SIMD3(draw(), draw(), draw()))
    }
    return Plumage(back: vary(back), belly: vary(belly), wing: vary(wing), beak: vary(beak))
  }
}

/// A place to sit in: the colours of what lies behind, and what grows on the branch.
struct Setting {
  var top: SIMD3<Float>
  var bottom: SIMD3<Float>
  var spots: [SIMD3<Float>]
  var bark: SIMD3<Float>
  var leaf: SIMD3<Float>
  var hasBerries: Bool

  static let all = [
    // A wood in summer.
    Setting(
      top: [0.45, 0.58, 0.32], bottom: [0.18, 0.28, 0.14],
      spots: [[0.75, 0.83, 0.48], [0.27, 0.42, 0.18], [0.56, 0.68, 0.36], [0.90, 0.92, 0.70]],
      bark: [0.36, 0.29, 0.23], leaf: [0.32, 0.47, 0.18], hasBerries: false),
    // Autumn.
    Setting(
      top: [0.74, 0.58, 0.36], bottom: [0.38, 0.25, 0.15],
      spots: [[0.90, 0.66, 0.30], [0.72, 0.38, 0.18], [0.88, 0.80, 0.55], [0.50, 0.36, 0.20]],
      bark: [0.31, 0.25, 0.22], leaf: [0.74, 0.42, 0.15], hasBerries: true),
    // Open sky.
    Setting(
      top: [0.55, 0.70, 0.86], bottom: [0.80, 0.87, 0.91],
      spots: [[0.92, 0.95, 0.97], [0.66, 0.78, 0.90], [0.84, 0.88, 0.86]],
      bark: [0.42, 0.36, 0.31], leaf: [0.42, 0.55, 0.25], hasBerries: true),
    // Winter.
    Setting(
      top: [0.74, 0.77, 0.81], bottom: [0.55, 0.58, 0.63],
      spots: [[0.90, 0.92, 0.95], [0.62, 0.66, 0.72], [0.80, 0.80, 0.82]],
      bark: [0.30, 0.26, 0.25], leaf: [0.38, 0.36, 0.26], hasBerries: true),
    // Reeds at dusk.
    Setting(
      top: [0.48, 0.42, 0.50], bottom: [0.26, 0.24, 0.30],
      spots: [[0.86, 0.64, 0.48], [0.60, 0.46, 0.46], [0.38, 0.34, 0.42], [0.92, 0.80, 0.58]],
      bark: [0.46, 0.38, 0.27], leaf: [0.52, 0.50, 0.28], hasBerries: false),
    // By the water.
    Setting(
      top: [0.36, 0.52, 0.54], bottom: [0.20, 0.34, 0.38],
      spots: [[0.62, 0.78, 0.78], [0.82, 0.90, 0.88], [0.30, 0.46, 0.42], [0.46, 0.60, 0.44]],
      bark: [0.40, 0.36, 0.32], leaf: [0.30, 0.50, 0.32], hasBerries: false),
  ]
}

func normalized(_ v: SIMD3<Float>) -> SIMD3<Float> { v / (v * v).sum().squareRoot() }
