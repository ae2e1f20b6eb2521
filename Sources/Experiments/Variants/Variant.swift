import Models
import Operators

/// One way to build and train a model: a row of the ablation table.
public struct Variant: Sendable {
  /// The name that users type.
  public let name: String
  /// One line that states its purpose.
  public let summary: String
  /// The sampled passes in addition to the one over the unwarped image; none for a plain ResNet.
  public let branches: [Branch]
  /// The policy of every epoch, in training and tests; nil if the schedule decides.
  public let policy: PeakPolicy?
  /// Where the sampled passes look under a policy; random choices come from the seed.
  public let sampling: @Sendable (_ policy: PeakPolicy, _ seed: UInt64) -> SamplingRule
  /// Whether a plain ResNet is trained for as many backbone passes as S3N.
  public let isTrainedLonger: Bool
  /// Whether it looks at places given by a dataset's annotations.
  public let needsAnnotations: Bool
  /// Whether it uses the radii.
  private let isWarped: Bool

  public init(
    _ name: String, _ summary: String, branches: [Branch] = Branch.allCases, policy: PeakPolicy? = nil,
    isWarped: Bool = true, isTrainedLonger: Bool = false, needsAnnotations: Bool = false,
    sampling: @escaping @Sendable (_ policy: PeakPolicy, _ seed: UInt64) -> SamplingRule = { policy, _ in .peaks(policy)
    }
  ) {
    self.name = name
    self.summary = summary
    self.branches = branches
    self.policy = policy
    self.isWarped = isWarped
    self.isTrainedLonger = isTrainedLonger
    self.needsAnnotations = needsAnnotations
    self.sampling = sampling
  }

  /// The same variant under a fixed policy, looking at the same kind of places.
  func under(_ policy: PeakPolicy) -> Variant {
    Variant(
      name, summary, branches: branches, policy: policy, isWarped: isWarped, isTrainedLonger: isTrainedLonger,
      needsAnnotations: needsAnnotations, sampling: sampling)
  }

  public var usesRadius: Bool { isWarped && branches.contains(.discriminative) }
  public var usesRadiusInverse: Bool { isWarped && branches.contains(.complementary) }

  /// Backbone passes over each image.
  public var passes: Int { 1 + branches.count }
}

extension Variant {
  /// All variants, in the order of the table.
  public static let all = [
    baseline, baselineLong, discriminativeOnly, complementaryOnly, s3n, s3nP0, s3nP1, s3nP2, identity, randomPeaks,
    centreZoom, oracle,
  ]

  /// The default variants of an ablation; the oracle only for a dataset whose annotations say where to look.
  public static func standard(isAnnotated: Bool) -> [Variant] {
    let variants = [
      baseline, discriminativeOnly, complementaryOnly, s3n, identity, randomPeaks, centreZoom, oracle,
    ]
    return variants.filter { isAnnotated || !$0.needsAnnotations }
  }

  /// The variant of `name`; throws `unknownName`, which lists the known ones.
  public static func named(_ name: String) throws(ExperimentError) -> Variant {
    try known("variant", name, among: all, by: \.name)
  }

  /// S3N with a fixed policy; throws `invalidValue` if p is not 0, 1 or 2.
  public static func s3n(p: String) throws(ExperimentError) -> Variant {
    guard let variant = [s3nP0, s3nP1, s3nP2].first(where: { $0.policy?.p == Int(p) }) else {
      throw .invalidValue(option: "--p", value: p, expected: "0, 1 or 2, or several of them separated by commas")
    }
    return variant
  }
}
