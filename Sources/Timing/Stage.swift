/// A separately timed part of a step's work; the raw values are the names in stages.csv.
public enum Stage: String, CaseIterable, Sendable, Codable {
  case decode
  case augment
  /// Waiting for the loader.
  case load
  case backboneOriginal = "backbone_original"
  case backboneDiscriminative = "backbone_discriminative"
  case backboneComplementary = "backbone_complementary"
  case responseMap = "response_map"
  case peaks
  case attention
  case grid
  case sample
  case heads
  case loss
  case backwardOriginal = "backward_original"
  case backwardDiscriminative = "backward_discriminative"
  case backwardComplementary = "backward_complementary"
  case backwardSampling = "backward_sampling"
  /// Waiting for other processes; in the phase `load`, all time spent on communication with them.
  case communicate
  case update
  /// The part of a step that no other stage covers.
  case other
  /// The whole step: the sum of all its other stages.
  case step

  /// The position in `allCases`.
  @usableFromInline var index: Int { Self.positions[self, default: 0] }
  private static let positions = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// What a step belongs to; the raw values are the names in stages.csv.
public enum Phase: String, CaseIterable, Sendable, Codable {
  /// Forward, backward and update.
  case train
  /// Forward only, as in evaluation.
  case infer
  /// Reading images ahead of the steps, on separate threads: not part of any step's sum.
  case load

  var index: Int {
    switch self {
    case .train: 0
    case .infer: 1
    case .load: 2
    }
  }
}

/// The duration of one stage in one step.
public struct StageSample: Sendable, Equatable, Codable {
  public let phase: Phase
  public let step: Int
  public let stage: Stage
  public let durationNanoseconds: Int

  public init(phase: Phase, step: Int, stage: Stage, durationNanoseconds: Int) {
    self.phase = phase
    self.step = step
    self.stage = stage
    self.durationNanoseconds = durationNanoseconds
  }
}
