import Operators
import Tensors

/// Where the sampled passes look. All but `peaks` are controls of equal cost that test whether the place matters.
public enum SamplingRule: Sendable, Equatable {
  /// At the response map's peaks, divided between branches by the policy: S3N.
  case peaks(PeakPolicy)
  /// At as many peaks of the same strengths in other places, drawn from `seed` and the image's key.
  case randomPeaks(PeakPolicy, seed: UInt64)
  /// At the places from `PassContext.places`, all equally strong: an upper bound.
  case annotated(PeakPolicy)
  /// At the peaks from `PassContext.peaks`: what if it looked there?
  case given(PeakPolicy)
  /// At one peak in the centre.
  case centreZoom
  /// Nowhere: both passes see the image unchanged.
  case identity

  /// Returns the peaks to look at in each image, given its response map's peaks, on a map of `side` x `side` cells.
  func peaks(_ found: [[Peak]], side: Int, _ context: PassContext) -> [[Peak]] {
    switch self {
    case .peaks: found
    case .randomPeaks(_, let seed):
      found.enumerated().map { image, peaks in
        Self.moved(peaks, side: side, seed: seed, key: context.imageKey(image))
      }
    case .annotated: found.indices.map { Self.peaks(at: context.places($0), side: side) }
    case .given: found.indices.map(context.peaks)
    case .centreZoom: found.map { _ in [Peak(row: side / 2, column: side / 2, strength: 1)] }
    case .identity: found.map { _ in [] }
    }
  }

  /// How peaks are divided between the branches; nil if nothing is warped.
  public var policy: PeakPolicy? {
    switch self {
    case .peaks(let policy), .randomPeaks(let policy, _), .annotated(let policy), .given(let policy): policy
    case .centreZoom: .allPeaks
    case .identity: nil
    }
  }

  /// Returns what the peaks add to the attention maps of each image; nil if nothing is warped.
  func gaussians(_ peaks: [[Peak]], _ context: PassContext) -> [BranchGaussians]? {
    guard let policy else { return nil }
    return peaks.enumerated().map { image, peaks in
      policy.gaussians(peaks, draws: policy.needsDraws ? context.draws(image, peaks.count) : [])
    }
  }

  /// Returns a peak of full strength in each place's cell, in row-major order as found peaks are.
  private static func peaks(at places: [SIMD2<Float>], side: Int) -> [Peak] {
    let cells = places.map { place in
      let cell = (place * Float(side - 1)).rounded(.toNearestOrEven)
        .clamped(lowerBound: .zero, upperBound: SIMD2(repeating: Float(side - 1)))
      return Int(cell.y) * side + Int(cell.x)
    }
    return Set(cells).sorted().map { Peak(row: $0 / side, column: $0 % side, strength: 1) }
  }

  /// Moves the peaks to distinct cells without peaks, in row-major order as found peaks are.
  private static func moved(_ peaks: [Peak], side: Int, seed: UInt64, key: Int) -> [Peak] {
    let taken = Set(peaks.map { $0.row * side + $0.column })
    var free = (0..<side * side).filter { !taken.contains($0) }
    var generator = SeededGenerator(seed: seed, purpose: "random peaks", key)
    free.shuffle(using: &generator)
    let strengths = peaks.map(\.strength).shuffled(using: &generator)
    return zip(free.prefix(peaks.count).sorted(), strengths).map { cell, strength in
      Peak(row: cell / side, column: cell % side, strength: strength)
    }
  }
}
