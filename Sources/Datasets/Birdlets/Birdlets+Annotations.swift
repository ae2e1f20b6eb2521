extension Birdlets {
  /// The exact box around each bird and the exact positions of the five marks.
  func annotations() -> Annotations {
    let count = kind.classes.count * (trainPerClass + testPerClass)
    let annotations = (1...count).map { ($0, annotation($0)) }
    return Annotations(partNames: Self.partNames, byNumber: Dictionary(uniqueKeysWithValues: annotations))
  }

  /// Where the marks are or would be.
  static let partNames = ["crown", "eye", "wing", "beak", "tail"]

  /// The box and the parts of one picture.
  func annotation(_ number: Int) -> Annotation {
    var generator = generator(of: number)
    let scene = BirdScene(kind.style, using: &generator)
    let side = Double(size)
    let box = scene.anatomy.box(of: marks(of: number))
    let low = pointwiseMax(SIMD2<Double>(box.low), .zero) * side
    let high = pointwiseMin(SIMD2<Double>(box.high), .one) * side
    return Annotation(
      box: Annotation.Box(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y),
      parts: scene.anatomy.markPlaces.map { scene.isVisible($0) ? SIMD2<Double>($0) * side : nil })
  }
}
