import Timing

/// Something whose steps are timed stage by stage.
protocol Workload {
  /// Runs one step and gives the times of its stages, the whole step last.
  func step() throws -> [StageSample]

  /// What a stage has to do in a step; nil where it is not counted.
  func work(of stage: Stage) -> Work?
}

/// The workloads by the names that users type.
public enum WorkloadName: String, CaseIterable, Sendable {
  /// A plain ResNet with a linear head.
  case resnet
  case s3n
  /// Attention maps to sampling grids, and back when training.
  case smoothing
  /// Images sampled at coarse grids, and back when training.
  case resampling
  /// JPEG files to normalised images on one thread: the transform of training or of testing.
  case loader

  /// Whether a step runs a network.
  public var hasBackbone: Bool { self == .resnet || self == .s3n }
}
