import Datasets
import Models
import Operators
import Tensors

/// A change of where a trained model looks, without retraining.
public enum Intervention: Equatable, Sendable {
  /// No change: the model looks at its own peaks.
  case none
  /// All sampled passes see the unwarped image.
  case identity
  /// As many peaks of the same strengths, in other places.
  case random
  /// Each image is sampled at the peaks of another one.
  case shuffled
  /// Peaks of full strength on a grid of `side` x `side` places, for both branches.
  case grid(side: Int)
  /// One peak of full strength in the centre, for both branches.
  case centre
  /// Peaks of full strength at the annotated places, for both branches.
  case oracle
  /// Only the strongest peaks, divided between the branches like the model's own.
  case strongest(Int)
  /// The radii of both branches, times a factor.
  case radii(Float)

  /// All interventions of `bench intervene`, the unchanged model first.
  public static let all: [Intervention] = [
    .none, .identity, .random, .shuffled, .grid(side: 3), .centre, .oracle, .strongest(1), .strongest(2), .strongest(3),
    .radii(0.5), .radii(2),
  ]

  /// The name in interventions.csv.
  public var name: String {
    switch self {
    case .none: "none"
    case .identity: "identity"
    case .random: "random"
    case .shuffled: "shuffled"
    case .grid(let side): "grid \(side)x\(side)"
    case .centre: "centre"
    case .oracle: "oracle"
    case .strongest(let count): "strongest \(count)"
    case .radii(let factor): "radii x " + (factor.rounded() == factor ? "\(Int(factor))" : "\(factor)")
    }
  }

  /// The factor on the radii.
  var radiusFactor: Float { if case .radii(let factor) = self { factor } else { 1 } }

  /// Where the sampled passes look instead of `own`, the model's rule.
  func rule(_ own: SamplingRule) -> SamplingRule {
    // Peaks of equal strength go to both branches: other policies would make no sense.
    switch self {
    case .none, .radii: own
    case .identity: .identity
    case .random: .randomPeaks(own.policy ?? .allPeaks, seed: 0)
    case .shuffled, .strongest: .given(own.policy ?? .allPeaks)
    case .grid: .given(.allPeaks)
    case .centre: .centreZoom
    case .oracle: .annotated(.allPeaks)
    }
  }

  /// The peaks to look at in each image under the rule `given`, from those that the model `found`, on a map of `side` x
  /// `side` cells.
  func peaks(_ found: [[Peak]], side: Int) -> [[Peak]] {
    switch self {
    case .shuffled: Self.shuffled(found)
    case .grid(let count): found.map { _ in Self.grid(count, side: side) }
    case .strongest(let count): found.map { Self.strongest(count, of: $0) }
    default: found
    }
  }

  /// No image keeps its own peaks, unless it is the only one.
  static func shuffled(_ found: [[Peak]]) -> [[Peak]] {
    var generator = SeededGenerator(seed: 0, purpose: "peaks of another image")
    let circle = found.indices.shuffled(using: &generator)
    var shuffled = found
    for (place, image) in circle.enumerated() { shuffled[image] = found[circle[(place + 1) % circle.count]] }
    return shuffled
  }

  /// The centres of equal fields, in row-major order.
  static func grid(_ count: Int, side: Int) -> [Peak] {
    let places = (0..<count).map { Int((Float(side) * (Float($0) + 0.5) / Float(count) - 0.5).rounded()) }
    return places.flatMap { row in places.map { Peak(row: row, column: $0, strength: 1) } }
  }

  /// In row-major order, as found peaks are; of equal ones the first counts as stronger.
  static func strongest(_ count: Int, of peaks: [Peak]) -> [Peak] {
    let ranked = peaks.indices.sorted { (-peaks[$0].strength, $0) < (-peaks[$1].strength, $1) }
    return ranked.prefix(count).sorted().map { peaks[$0] }
  }
}
