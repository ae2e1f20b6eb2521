import CKernels
import Tensors

/// The ways in which a convolution and its gradients are computed; `Conv2DReference` is what they are held against.
public enum Conv2DAlgorithm: String, CaseIterable, Sendable {
  /// Products of gathered pixels and packed weights: any kernel, stride and padding.
  case direct
  /// Winograd's minimal filtering on tiles of 4x4 outputs, for 3x3 whose channels fill the vectors: a quarter of the
  /// multiplications for stride 1, 9/16 for stride 2. They are of floats in every precision.
  case winograd

  /// Pairs of channels up to which Winograd pays for stride 2: beyond, its 36 weights a pair take longer to read than they save.
  private static let mostStridedPairs = 1 << 20

  public func applies(to geometry: Conv2DGeometry) -> Bool {
    switch self {
    case .direct: true
    case .winograd:
      s3n_winograd_applies(
        geometry.kernel, geometry.stride, geometry.padding, geometry.inputChannels, geometry.outputChannels) != 0
    }
  }

  /// The one that is asked for, which must apply, or the best.
  static func applicable(
    _ wanted: Conv2DAlgorithm?, to geometry: Conv2DGeometry, _ precision: Precision
  ) -> Conv2DAlgorithm {
    guard let wanted else { return best(for: geometry, precision) }
    precondition(wanted.applies(to: geometry), "\(wanted) does not apply to \(geometry)")
    return wanted
  }

  /// The fastest that applies. With bf16 direct products have twice the speed: Winograd's pay for stride 1 alone.
  public static func best(for geometry: Conv2DGeometry, _ precision: Precision = .fp32) -> Conv2DAlgorithm {
    let strided = precision == .fp32 && geometry.inputChannels * geometry.outputChannels <= mostStridedPairs
    let pays = geometry.stride == 1 || strided
    return pays && Conv2DAlgorithm.winograd.applies(to: geometry) ? .winograd : .direct
  }
}

extension Conv2DGeometry {
  /// Multiplications that a pass takes by an algorithm, for an input (N, H, W, C): forward and backward to the weights take the
  /// same, backward to the data (`toInput`) its own; those in Winograd's transforms are not counted.
  public func multiplications(by algorithm: Conv2DAlgorithm, input shape: [Int], toInput: Bool) -> Int {
    let output = outputShape(shape)
    switch algorithm {
    case .direct: return output.reduce(1, *) * kernel * kernel * inputChannels
    case .winograd:
      var conv = forwardKernel(shape, .fp32)
      if toInput { (conv.step, conv.dst_step, conv.dst_height, conv.dst_width) = (1, stride, shape[1], shape[2]) }
      return s3n_winograd_products(&conv) * inputChannels * outputChannels
    }
  }
}
