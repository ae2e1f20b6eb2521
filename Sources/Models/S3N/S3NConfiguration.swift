import Operators

/// A sampled pass of S3N, over an image resampled towards some of the peaks.
public enum Branch: String, CaseIterable, Sendable {
  /// Enlarges what decides: strong peaks.
  case discriminative
  /// Enlarges what else there is: weak peaks.
  case complementary

  /// The head on this branch's features.
  public var head: Head { self == .discriminative ? .discriminative : .complementary }

  /// What the released code puts behind the names of this branch's layers.
  public var nameSuffix: String { self == .discriminative ? "" : "1" }
}

/// What is fixed about an S3N before it is trained; the defaults are the released code's.
public struct S3NConfiguration: Sendable, Equatable {
  public var backbone: ResNetConfiguration
  public var classes: Int
  /// The sampled passes; the joint head reads the raw features and theirs.
  public var branches: [Branch] = Branch.allCases
  /// Starting value of the discriminative Gaussians' radius, in widths of the map.
  public var radius: Float = 0.09
  /// Starting value of the complementary Gaussians' radius, in widths of the map.
  public var radiusInverse: Float = 0.3
  /// The attention where there is no peak.
  public var floor: Float = SparseAttention.defaultFloor
  public var smoothing: SmoothingMethod = .fft
  /// Cells of the attention and of the sampling grid along one side.
  public var gridSide = 31

  public init(backbone: ResNetConfiguration, classes: Int) {
    self.backbone = backbone
    self.classes = classes
  }
}
