import Tensors

/// Normalises the three channels: (value / 255 - mean) / deviation.
public struct Normalization: Equatable, Sendable {
  public var mean: SIMD3<Float>
  public var deviation: SIMD3<Float>

  /// The mean and deviation of ImageNet's training images, as torchvision's weights expect them.
  public static let imageNet = Normalization(mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])

  /// The factor and summand of each channel that do the same in one step.
  var scale: SIMD3<Float> { 1 / (255 * deviation) }
  var offset: SIMD3<Float> { -mean / deviation }
}

extension RGBImage {
  /// The image of a normalised tensor (height, width, 3); clips values outside 0...1.
  public init(_ tensor: Tensor, normalized normalization: Normalization = .imageNet) {
    precondition(tensor.shape.count == 3 && tensor.shape[2] == 3, "an image has the shape (height, width, 3)")
    let pixels = tensor.elements.enumerated().map { index, value in
      let grey = value * normalization.deviation[index % 3] + normalization.mean[index % 3]
      return UInt8((min(max(grey.isNaN ? 0 : grey, 0), 1) * 255).rounded())
    }
    self.init(width: tensor.shape[1], height: tensor.shape[0], pixels: pixels)
  }
}
