import Operators
import Tensors

/// Where the sampled passes look. All but `peaks` are controls of the same cost: they tell whether the place matters.
public enum SamplingRule: Sendable, Equatable {
  /// At the response map's peaks, shared out by the policy: S3N.
  case peaks(PeakPolicy)
  /// As many peaks of the same strengths, in other places, drawn by `seed` and the image's key.
  case randomPeaks(PeakPolicy, seed: UInt64)
  /// At one peak in the middle.
  case centreZoom
  /// Nowhere: both passes see the image as it is.
  case identity

  /// The bumps of each image for peaks (N arrays) on a map of `side` x `side` cells; nil for no warping.
  func bumps(_ peaks: [[Peak]], side: Int, _ context: PassContext) -> [BranchBumps]? {
    func shared(_ peaks: [[Peak]], _ policy: PeakPolicy) -> [BranchBumps] {
      peaks.enumerated().map { image, peaks in
        policy.bumps(peaks, draws: policy.needsDraws ? context.draws(image, peaks.count) : [])
      }
    }
    switch self {
    case .peaks(let policy):
      return shared(peaks, policy)
    case .randomPeaks(let policy, let seed):
      let moved = peaks.enumerated().map { image, peaks in
        Self.moved(peaks, side: side, seed: seed, key: context.imageKey(image))
      }
      return shared(moved, policy)
    case .centreZoom:
      let middle = [Peak(row: side / 2, column: side / 2, strength: 1)]
      return shared(peaks.map { _ in middle }, .allPeaks)
    case .identity:
      return nil
    }
  }

  /// The peaks moved to distinct cells where none of them was, in row-major order as found peaks are.
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
