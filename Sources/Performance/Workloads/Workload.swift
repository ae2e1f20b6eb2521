import Timing

/// A workload whose steps are timed stage by stage.
protocol Workload {
  /// Runs one step and returns the times of its stages, with the whole step last.
  func step() throws -> [StageSample]

  /// Returns the work of a stage in one step; nil if it is not counted.
  func work(of stage: Stage) -> Work?
}

/// The workloads, under the names that users type.
public enum WorkloadName: String, CaseIterable, Sendable {
  /// A plain ResNet with a linear head.
  case resnet
  case s3n
  /// Smooths attention maps into sampling grids; training also runs the backward pass.
  case smoothing
  /// Samples images at coarse grids; training also runs the backward pass.
  case resampling
  /// Turns JPEG files into normalised images on one thread, with the transform of training or testing.
  case loader

  /// Whether a step runs a network.
  public var hasBackbone: Bool { self == .resnet || self == .s3n }
}
