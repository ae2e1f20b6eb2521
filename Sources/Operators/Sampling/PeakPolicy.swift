/// How an image's peaks are divided between the discriminative and the complementary branch.
public enum PeakPolicy: String, CaseIterable, Sendable {
  /// p = 0: every peak goes to both branches.
  case allPeaks
  /// p = 1: each peak goes to the discriminative branch with probability equal to its strength, else to the other.
  case stochasticSplit
  /// p = 2: the highest peak goes to the discriminative branch, the lowest to the complementary one, others to neither.
  case extremes

  /// Creates the policy that the released code calls `p`; nil unless it is 0, 1 or 2.
  public init?(p: Int) {
    guard Self.allCases.indices.contains(p) else { return nil }
    self = Self.allCases[p]
  }

  /// The number that the released code calls `p`.
  public var p: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Whether `gaussians` needs a random draw per peak.
  public var needsDraws: Bool { self == .stochasticSplit }

  /// Returns the Gaussians that the peaks of one image add to the two attention maps.
  ///
  /// `draws` are uniform in [0, 1), one per peak in the order of `peaks`, and used only by `stochasticSplit`. Peaks
  /// without positive strength add nothing. Of equally strong peaks, the first counts as the highest and as the lowest.
  public func gaussians(_ peaks: [Peak], draws: [Float] = []) -> BranchGaussians {
    let strong = peaks.indices.filter { peaks[$0].strength > 0 }
    switch self {
    case .allPeaks:
      return BranchGaussians(
        discriminative: strong.map { .discriminative(peaks[$0]) },
        complementary: strong.map { .complementary(peaks[$0]) })
    case .stochasticSplit:
      precondition(draws.count >= peaks.count, "\(peaks.count) peaks need as many draws, found \(draws.count)")
      return BranchGaussians(
        discriminative: strong.filter { peaks[$0].strength > draws[$0] }.map { .discriminative(peaks[$0]) },
        complementary: strong.filter { !(peaks[$0].strength > draws[$0]) }.map { .complementary(peaks[$0]) })
    case .extremes:
      // Finds the first of the highest peaks: `max(by:)` would return the last.
      let highest = strong.reduce(nil as Int?) { best, next in
        best.map { peaks[next].strength > peaks[$0].strength ? next : $0 } ?? next
      }
      let lowest = strong.min { peaks[$0].strength < peaks[$1].strength }
      return BranchGaussians(
        discriminative: highest.map { [.highest(peaks[$0])] } ?? [],
        complementary: lowest.map { [.complementary(peaks[$0])] } ?? [])
    }
  }
}

/// The Gaussians of one image in the attention maps of the two branches.
public struct BranchGaussians: Equatable, Sendable {
  public var discriminative: [AttentionGaussian]
  public var complementary: [AttentionGaussian]
}

/// A Gaussian in an attention map; its standard deviation is radius * spread * G cells.
public struct AttentionGaussian: Equatable, Sendable {
  public var row: Int
  public var column: Int
  public var height: Float
  public var spread: Float

  public init(row: Int, column: Int, height: Float, spread: Float) {
    self.row = row
    self.column = column
    self.height = height
    self.spread = spread
  }

  /// A peak in the discriminative branch: the stronger, the higher.
  public static func discriminative(_ peak: Peak) -> AttentionGaussian {
    AttentionGaussian(row: peak.row, column: peak.column, height: peak.strength, spread: peak.strength.squareRoot())
  }

  /// A peak in the complementary branch: the stronger, the lower.
  public static func complementary(_ peak: Peak) -> AttentionGaussian {
    AttentionGaussian(row: peak.row, column: peak.column, height: 1 / peak.strength, spread: peak.strength.squareRoot())
  }

  /// The highest peak at p = 2, for which the released code takes no square root; its strength is 1.
  static func highest(_ peak: Peak) -> AttentionGaussian {
    AttentionGaussian(row: peak.row, column: peak.column, height: peak.strength, spread: peak.strength)
  }
}
