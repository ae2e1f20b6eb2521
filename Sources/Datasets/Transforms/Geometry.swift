import Glibc
import Tensors

/// How an image is viewed: crop, resize, crop again, flip.
struct Geometry: Equatable, Sendable {
  /// The part of the source that is resized.
  var crop: Rectangle
  /// The size that the crop is resized to.
  var width: Int
  var height: Int
  /// The part of the resized image that is kept.
  var window: Rectangle
  /// Whether the result is flipped horizontally.
  var flipped = false

  /// Whether the horizontal pass is first, with rounding to bytes in between: Pillow starts with the vertical pass if
  /// the height shrinks by more than twice as many pixels as the width (since version 13; never before).
  var columnsFirst: Bool { crop.height <= height || crop.height - height <= 2 * (crop.width - width) }
}

/// A part of an image, in pixels from its left and top.
public struct Rectangle: Equatable, Sendable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  public init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }
}

extension Rectangle {
  /// torchvision's RandomResizedCrop: a random share of the area at a random aspect ratio; after ten misses, the
  /// largest central part with an allowed ratio.
  static func randomCrop(
    width: Int, height: Int, scale: ClosedRange<Double>, ratio: ClosedRange<Double>,
    using generator: inout SeededGenerator
  ) -> Rectangle {
    let area = Double(width * height)
    for _ in 0..<10 {
      let target = area * generator.uniform(scale.lowerBound, scale.upperBound)
      let aspect = exp(generator.uniform(log(ratio.lowerBound), log(ratio.upperBound)))
      let w = Int((target * aspect).squareRoot().rounded(.toNearestOrEven))
      let h = Int((target / aspect).squareRoot().rounded(.toNearestOrEven))
      guard w > 0, w <= width, h > 0, h <= height else { continue }
      let y = generator.below(height - h + 1)
      return Rectangle(x: generator.below(width - w + 1), y: y, width: w, height: h)
    }
    return largestCentral(width: width, height: height, ratio: ratio)
  }

  /// The fallback of `randomCrop`; keeps at least one pixel of a side that would round to zero.
  static func largestCentral(width: Int, height: Int, ratio: ClosedRange<Double>) -> Rectangle {
    var (w, h) = (width, height)
    let aspect = Double(width) / Double(height)
    if aspect < ratio.lowerBound {
      h = max(1, Int((Double(width) / ratio.lowerBound).rounded(.toNearestOrEven)))
    } else if aspect > ratio.upperBound {
      w = max(1, Int((Double(height) * ratio.upperBound).rounded(.toNearestOrEven)))
    }
    return Rectangle(x: (width - w) / 2, y: (height - h) / 2, width: w, height: h)
  }

  /// torchvision's CenterCrop of an image that is at least as large as the crop.
  static func centre(of width: Int, _ height: Int, size: Int) -> Rectangle {
    func start(_ length: Int) -> Int { Int((Double(length - size) / 2).rounded(.toNearestOrEven)) }
    return Rectangle(x: start(width), y: start(height), width: size, height: size)
  }
}
