import Tensors

/// Renders one birdlet picture, deterministic for a given generator.
enum BirdletRenderer {
  /// A size x size picture of a bird with `marks`; all else is drawn from `generator`.
  static func render(
    _ marks: Marks, _ style: BirdScene.Style = .small, size: Int, using generator: inout SeededGenerator
  ) -> RGBImage {
    let scene = BirdScene(style, using: &generator)
    var canvas = Canvas(size: size)
    Scenery(scene: scene).paint(on: &canvas, using: &generator)
    for piece in scene.behind { piece.paint(on: &canvas) }
    scene.branch.paintLeaves(on: &canvas)
    BirdPainter(scene: scene, marks: marks).paint(on: &canvas)
    scene.branch.paint(on: &canvas)
    for piece in scene.before { piece.paint(on: &canvas) }
    let noise = Noise(seed: generator.next())
    return canvas.image { colour, x, y in
      let off = SIMD2(Float(x), Float(y)) / Float(size) - 0.5
      let vignette = 1.04 - 0.35 * dot(off, off)
      return colour * scene.light.tint * vignette + scene.light.grain * noise.grain(x, y)
    }
  }
}
