import Tensors

/// From an image to the network's input, numerically as torchvision's transforms on Pillow images.
public enum Transform: Equatable, Sendable {
  /// RandomResizedCrop to size x size, then a horizontal flip with probability `flip`.
  case randomResizedCrop(
    size: Int, scale: ClosedRange<Double> = 0.5...1, ratio: ClosedRange<Double> = 3.0 / 4...4.0 / 3,
    flip: Double = 0.5)

  /// Resize to exactly resize x resize, then CenterCrop; `crop` must not exceed `resize`.
  case resizeCentreCrop(resize: Int, crop: Int)

  /// The height and width of the result.
  public var size: Int {
    switch self {
    case .randomResizedCrop(let size, _, _, _): size
    case .resizeCentreCrop(_, let crop): crop
    }
  }

  /// The normalised image, (size, size, 3); random choices come from `generator`.
  public func callAsFunction(_ image: RGBImage, using generator: inout SeededGenerator) -> Tensor {
    var result = Tensor(uninitialized: [size, size, 3])
    let geometry = geometry(width: image.width, height: image.height, using: &generator)
    result.withUnsafeMutableBufferPointer { Resampler().resample(image, geometry, normalized: .imageNet, into: $0) }
    return result
  }

  /// The part of an image of the given size that is kept; makes the random choices.
  func geometry(width: Int, height: Int, using generator: inout SeededGenerator) -> Geometry {
    switch self {
    case .randomResizedCrop(let size, let scale, let ratio, let flip):
      let crop = Rectangle.randomCrop(width: width, height: height, scale: scale, ratio: ratio, using: &generator)
      let flipped = generator.uniform(0, 1) < flip
      let whole = Rectangle(x: 0, y: 0, width: size, height: size)
      return Geometry(crop: crop, width: size, height: size, window: whole, flipped: flipped)
    case .resizeCentreCrop(let resize, let crop):
      precondition(crop <= resize, "a centre crop of \(crop) does not fit into \(resize) pixels")
      return Geometry(
        crop: Rectangle(x: 0, y: 0, width: width, height: height), width: resize, height: resize,
        window: .centre(of: resize, resize, size: crop))
    }
  }
}
