import Tensors

/// The branch that the bird sits on, with leaves behind it.
struct Branch {
  typealias Point = SIMD2<Float>

  private let frame: Frame
  /// Half the thickness at the bird's feet, and the curvature.
  private let half: Float
  private let bow: Float
  private let setting: Setting
  private let noise: Noise
  private let leaves: [(frame: Frame, colour: SIMD3<Float>)]

  /// A branch under the feet of a scene's bird, thin enough to grasp.
  init(under bird: Frame, in setting: Setting, _ noise: Noise, using generator: inout SeededGenerator) {
    let feet = bird.toScene(Point(0, 0.475))
    let frame = Frame(origin: feet, angle: bird.angle * 0.6 + generator.between(-0.15, 0.15))
    self.frame = frame
    half = generator.between(0.035, 0.058) * bird.scale
    bow = generator.between(-0.12, 0.12)
    (self.setting, self.noise) = (setting, noise)
    leaves = (0..<generator.below(5)).map { _ in
      let away: Float = generator.uniform() < 0.5 ? -1 : 1
      let stalk = frame.toScene(Point(away * generator.between(0.12, 0.5), generator.between(-0.01, 0.04)))
      let size = generator.between(0.08, 0.2)
      return (
        Frame(origin: stalk, scale: size, angle: generator.between(-3.1, 3.1)),
        setting.leaf * generator.between(0.75, 1.3)
      )
    }
  }

  /// Whether the branch hides a point of the scene behind it.
  func covers(_ place: Point) -> Bool {
    let p = frame.fromScene(place)
    return abs(height(p)) < thickness(p)
  }

  func paintLeaves(on canvas: inout Canvas) {
    for leaf in leaves {
      canvas.paint(Box(-0.05, -0.4, 1.05, 0.4), in: leaf.frame) {
        Shape.leaf($0, .zero, Point(1, 0), 0.46)
      } colour: { p in
        let vein = smoothstep(0.022, 0.006, abs(p.y))
        let ribs = abs(((p.x - abs(p.y) * 0.8) * 9).truncatingRemainder(dividingBy: 1))
        let tone = 0.82 + 0.25 * p.x - 0.14 * smoothstep(0.8, 1, ribs) + 0.25 * vein + (p.y < 0 ? 0.14 : 0)
        return leaf.colour * tone
      }
    }
  }

  func paint(on canvas: inout Canvas) {
    canvas.paint(Box(-1.4, -0.25, 1.4, 0.3), in: frame) { p in
      // Knots are small and slow to compute: skip them far away.
      let roughly = abs(p.y - bow * p.x * p.x - half) - thickness(p)
      return roughly > 0.02 ? roughly : abs(height(p)) - thickness(p)
    } colour: { p in
      let y = height(p)
      let bark = noise(Point(p.x * 24, y * 160)) * 0.5 + noise(Point(p.x * 70, y * 260)) * 0.5
      return setting.bark * (0.55 + 0.75 * bark) * (1.17 - 0.42 * y / thickness(p))
    }
  }

  private func thickness(_ p: Point) -> Float { half * (1 - 0.25 * p.x) }

  /// The offset below the branch's centre line, including bend and knots.
  private func height(_ p: Point) -> Float {
    let knots = 0.5 * half * (noise(Point(p.x * 9, 3)) - 0.5) * min(1, abs(p.x) * 8)
    return p.y - bow * p.x * p.x - half + knots
  }
}
