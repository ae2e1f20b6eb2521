import Tensors

/// Paints what is behind the bird, out of focus, and the branch that it sits on.
struct Scenery {
  let scene: BirdScene

  /// Paints everything that is out of focus, small, and enlarges it.
  func paintBehind(_ canvas: inout Canvas, using generator: inout SeededGenerator) {
    var small = Canvas(size: max(16, canvas.size / 4))
    paintFoliage(&small)
    paintTwigs(&small, using: &generator)
    paintSpots(&small, using: &generator)
    canvas.fill { small.smooth(at: $0) }
  }

  /// From the top's colour to the bottom's, with clouds of the others in between.
  private func paintFoliage(_ canvas: inout Canvas) {
    let setting = scene.setting
    canvas.fill { p in
      // Turned against the lattice, whose axes would show.
      let turned = SIMD2(0.8 * p.x - 0.6 * p.y, 0.6 * p.x + 0.8 * p.y)
      let cloud = scene.noise(turned * 3 + 40) * 0.6 + scene.noise(p * 7) * 0.4
      var colour = mix(setting.top, setting.bottom, smoothstep(0, 1, p.y + (cloud - 0.5) * 0.8))
      for (index, spot) in setting.spots.enumerated() {
        colour = mix(colour, spot, 0.5 * smoothstep(0.52, 0.85, scene.noise(turned * 3.5 + 70 + 20 * Float(index))))
      }
      return colour * (0.84 + 0.32 * cloud)
    }
  }

  private func paintTwigs(_ canvas: inout Canvas, using generator: inout SeededGenerator) {
    for _ in 0..<(3 + generator.below(4)) {
      let twig = Frame(
        origin: SIMD2(generator.between(0, 1), generator.between(0, 1)), angle: generator.between(-1.5, 1.5))
      let (width, bow) = (generator.between(0.008, 0.03), generator.between(-0.3, 0.3))
      let colour = scene.setting.bark * generator.between(0.7, 1.5)
      canvas.paint(Box(-1.5, -0.3, 1.5, 0.3), in: twig, opacity: generator.between(0.15, 0.4), softness: 0.035) { p in
        abs(p.y - bow * p.x * p.x) - width * (1 - 0.3 * p.x)
      } colour: { _ in
        colour
      }
    }
  }

  /// Discs of light.
  private func paintSpots(_ canvas: inout Canvas, using generator: inout SeededGenerator) {
    for _ in 0..<(8 + generator.below(12)) {
      let (centre, radius) = (SIMD2(generator.between(0, 1), generator.between(0, 1)), generator.between(0.02, 0.09))
      let colour = scene.setting.spots[generator.below(scene.setting.spots.count)]
      let opacity = generator.between(0.12, 0.42)
      canvas.paint(Box(around: centre, radius * 1.5), opacity: opacity, softness: radius * 0.35) {
        Shape.circle($0, centre, radius)
      } colour: { _ in
        colour
      }
    }
  }

  /// The branch under the bird's feet, with leaves and perhaps berries; leaves before the bird hang down.
  func paintBranch(_ canvas: inout Canvas, using generator: inout SeededGenerator) {
    let feet = scene.bird.toScene(SIMD2(0, 0.475))
    let branch = Frame(origin: feet, scale: 1, angle: scene.bird.angle * 0.6 + generator.between(-0.15, 0.15))
    let (half, bow) = (generator.between(0.017, 0.028), generator.between(-0.12, 0.12))
    paintLeaves(&canvas, on: branch, count: generator.below(4), angles: -3.1...3.1, using: &generator)
    func thickness(_ p: SIMD2<Float>) -> Float { half * (1 - 0.25 * p.x) }
    /// The height above the branch's middle, which bends and has knots.
    func height(_ p: SIMD2<Float>) -> Float {
      let knots = 0.012 * (scene.noise(SIMD2(p.x * 9, 3)) - 0.5) * min(1, abs(p.x) * 8)
      return p.y - bow * p.x * p.x - half + knots
    }
    canvas.paint(Box(-1.4, -0.25, 1.4, 0.3), in: branch) { p in
      // Knots cost time and are small: far away they do not matter.
      let roughly = abs(p.y - bow * p.x * p.x - half) - thickness(p)
      return roughly > 0.02 ? roughly : abs(height(p)) - thickness(p)
    } colour: { p in
      let y = height(p)
      let bark = scene.noise(SIMD2(p.x * 24, y * 160)) * 0.5 + scene.noise(SIMD2(p.x * 70, y * 260)) * 0.5
      return scene.setting.bark * (0.55 + 0.75 * bark) * (1.17 - 0.42 * y / thickness(p))
    }
    paintLeaves(&canvas, on: branch, count: generator.below(3), angles: 0.6...2.5, using: &generator)
    guard scene.setting.hasBerries else { return }
    for _ in 0..<generator.below(6) {
      let away: Float = generator.uniform() < 0.5 ? -1 : 1
      let centre = SIMD2(away * generator.between(0.16, 0.5), generator.between(0.03, 0.10))
      let radius = generator.between(0.014, 0.022)
      let stem = SIMD2(centre.x * 0.97, 0.015)
      canvas.paint(Box(centre.x - 0.03, 0, centre.x + 0.03, centre.y), in: branch) {
        Shape.capsule($0, stem, centre, 0.003, 0.002)
      } colour: { _ in
        scene.setting.bark * 0.8
      }
      canvas.paint(Box(around: centre, radius * 1.4), in: branch) {
        Shape.circle($0, centre, radius)
      } colour: { p in
        let q = (p - centre) / radius
        let glint = smoothstep(0.35, 0.1, length(q - SIMD2(-0.3, -0.4)))
        return mix([0.70, 0.10, 0.10] * (1 - 0.45 * dot(q, q)), [1, 0.9, 0.9], glint)
      }
    }
  }

  private func paintLeaves(
    _ canvas: inout Canvas, on branch: Frame, count: Int, angles: ClosedRange<Float>,
    using generator: inout SeededGenerator
  ) {
    for _ in 0..<count {
      let away: Float = generator.uniform() < 0.5 ? -1 : 1
      let stalk = branch.toScene(SIMD2(away * generator.between(0.17, 0.5), generator.between(-0.01, 0.04)))
      let leaf = Frame(
        origin: stalk, scale: generator.between(0.12, 0.2),
        angle: generator.between(angles.lowerBound, angles.upperBound))
      let colour = scene.setting.leaf * generator.between(0.75, 1.3)
      canvas.paint(Box(-0.05, -0.4, 1.05, 0.4), in: leaf) {
        Shape.leaf($0, SIMD2(0, 0), SIMD2(1, 0), 0.46)
      } colour: { p in
        let vein = smoothstep(0.022, 0.006, abs(p.y))
        let ribs = abs(((p.x - abs(p.y) * 0.8) * 9).truncatingRemainder(dividingBy: 1))
        let tone = 0.82 + 0.25 * p.x - 0.14 * smoothstep(0.8, 1, ribs) + 0.25 * vein + (p.y < 0 ? 0.14 : 0)
        return colour * tone
      }
    }
  }
}
