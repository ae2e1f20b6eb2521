import Tensors

/// Paints the background, which is out of focus.
struct Scenery {
  let scene: BirdScene

  /// Paints everything out of focus at a small size and enlarges it.
  func paint(on canvas: inout Canvas, using generator: inout SeededGenerator) {
    var small = Canvas(size: max(16, canvas.size / 4))
    paintFoliage(&small)
    paintTwigs(&small, using: &generator)
    paintSpots(&small, using: &generator)
    canvas.fill { small.smooth(at: $0) }
  }

  /// A gradient from the top's colour to the bottom's, clouded with the others.
  private func paintFoliage(_ canvas: inout Canvas) {
    let setting = scene.setting
    canvas.fill { p in
      // Rotated, to hide the axes of the noise lattice.
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
}
