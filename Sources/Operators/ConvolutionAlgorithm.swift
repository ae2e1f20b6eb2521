import CKernels
import Tensors

/// The algorithms for a convolution and its gradients; `Conv2DReference` is their reference.
public enum Conv2DAlgorithm: String, CaseIterable, Sendable {
  /// Products of gathered pixels and packed weights, for any kernel, stride and padding.
  case direct
  /// Winograd's minimal filtering on tiles of 4x4 outputs, for 3x3 kernels whose channels fill the vectors: a quarter
  /// of the multiplications for stride 1, 9/16 for stride 2, always of floats.
  case winograd

  /// The most channel pairs for Winograd at stride 2: beyond, reading its 36 weights per pair costs more than it saves.
  private static let mostStridedPairs = 1 << 20

  public func applies(to geometry: Conv2DGeometry) -> Bool {
    switch self {
    case .direct: true
    case .winograd:
      s3n_winograd_applies(
        geometry.kernel, geometry.stride, geometry.padding, geometry.inputChannels, geometry.outputChannels) != 0
    }
  }

  /// Returns `wanted`, which must apply, or the best algorithm.
  static func applicable(
    _ wanted: Conv2DAlgorithm?, to geometry: Conv2DGeometry, _ precision: Precision
  ) -> Conv2DAlgorithm {
    guard let wanted else { return best(for: geometry, precision) }
    precondition(wanted.applies(to: geometry), "\(wanted) does not apply to \(geometry)")
    return wanted
  }

  /// Returns the fastest algorithm that applies.
  /// With bf16, direct products are twice as fast, so Winograd pays only for stride 1.
  public static func best(for geometry: Conv2DGeometry, _ precision: Precision = .fp32) -> Conv2DAlgorithm {
    let strided = precision == .fp32 && geometry.inputChannels * geometry.outputChannels <= mostStridedPairs
    let pays = geometry.stride == 1 || strided
    return pays && Conv2DAlgorithm.winograd.applies(to: geometry) ? .winograd : .direct
  }
}

extension Conv2DGeometry {
  /// Returns the multiplications of a pass for an input (N, H, W, C), without those of Winograd's transforms. All
  /// passes take the same, except Winograd's backward to the data (`toInput`).
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
