import CKernels

/// The ways in which a convolution and its gradients are computed; `Conv2DReference` is what they are held against.
public enum Conv2DAlgorithm: String, CaseIterable, Sendable {
  /// Products of gathered pixels and packed weights: any kernel, stride and padding.
  case direct
  /// Winograd's F(4x4, 3x3): a quarter of the multiplications, for 3x3 of stride 1 whose channels fill the vectors.
  case winograd

  public func applies(to geometry: Conv2DGeometry) -> Bool {
    switch self {
    case .direct: true
    case .winograd:
      s3n_winograd_applies(geometry.kernel, geometry.stride, geometry.inputChannels, geometry.outputChannels) != 0
        && geometry.padding <= 2
    }
  }

  /// The first in the order of speed that applies.
  public static func best(for geometry: Conv2DGeometry) -> Conv2DAlgorithm {
    [.winograd, .direct].first { $0.applies(to: geometry) } ?? .direct
  }
}
