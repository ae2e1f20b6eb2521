import Operators

/// A sampled pass of S3N, over an image resampled towards some of the peaks.
public enum Branch: String, CaseIterable, Sendable {
  /// Enlarges what is decisive: strong peaks.
  case discriminative
  /// Enlarges the rest: weak peaks.
  case complementary

  /// The head on this branch's features.
  public var head: Head { self == .discriminative ? .discriminative : .complementary }

  /// The suffix of this branch's layer names in the released code.
  public var nameSuffix: String { self == .discriminative ? "" : "1" }
}

/// The fixed settings of an S3N model; the defaults are the released code's.
public struct S3NConfiguration: Sendable, Equatable {
  public var backbone: ResNetConfiguration
  public var classes: Int
  /// The sampled passes; the joint head reads their features and the raw ones.
  public var branches: [Branch] = Branch.allCases
  /// The initial radius of the discriminative Gaussians, in widths of the map.
  public var radius: Float = 0.09
  /// The initial radius of the complementary Gaussians, in widths of the map.
  public var radiusInverse: Float = 0.3
  /// The attention away from peaks.
  public var floor: Float = SparseAttention.defaultFloor
  public var smoothing: SmoothingMethod = .fft
  /// The side of the attention map and sampling grid, in cells.
  public var gridSide = 31

  public init(backbone: ResNetConfiguration, classes: Int) {
    self.backbone = backbone
    self.classes = classes
  }
}
