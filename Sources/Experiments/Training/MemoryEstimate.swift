import Limits
import Models
import Operators

/// The approximate peak memory of a command, in bytes.
public struct MemoryNeed: Equatable, Sendable {
  /// The step that needs most.
  public enum Step: String, Sendable {
    case training = "training step"
    case test = "test step"
    case sample = "sample's step"
    case export = "model to write"
  }
  public let step: Step
  public let stepBytes: Int
  /// The most that the cache of decoded images may take in addition.
  public let cachedBytes: Int

  public var bytes: Int { stepBytes + cachedBytes }

  /// Throws `tooLarge` if the limit is lower.
  func require(of limit: MemoryLimit) throws(ExperimentError) {
    guard bytes <= limit.bytes else { throw .tooLarge(self, limit) }
  }
}

extension Recipe {
  /// Throws `tooLarge` if a training step of the variant plus the cache of decoded images would not fit into `limit`,
  /// by default the memory that this process may use.
  public func requireMemory(
    for variant: Variant, classes: Int, cachedBytes: Int = 0, of limit: MemoryLimit = .current
  ) throws(ExperimentError) {
    try memoryNeed(for: variant, classes: classes, cachedBytes: cachedBytes).require(of: limit)
  }

  /// The approximate peak bytes of a run of the variant, reached in a training step.
  public func memoryNeed(for variant: Variant, classes: Int, cachedBytes: Int = 0) -> MemoryNeed {
    MemoryNeed(step: .training, stepBytes: stepBytes(variant, classes: classes), cachedBytes: cachedBytes)
  }

  /// Throws `tooLarge` if a test step plus the cache of decoded images would not fit into `limit`, by default the
  /// memory that this process may use.
  func requireTestMemory(
    _ step: MemoryNeed.Step = .test, for variant: Variant, classes: Int, cachedBytes: Int = 0,
    of limit: MemoryLimit = .current
  ) throws(ExperimentError) {
    let bytes = testBytes(variant, classes: classes)
    try MemoryNeed(step: step, stepBytes: bytes, cachedBytes: cachedBytes).require(of: limit)
  }

  /// Throws `tooLarge` if the model, its copy as a graph and the bytes of its file would not fit into `limit`, by
  /// default the memory that this process may use.
  func requireExportMemory(
    for variant: Variant, classes: Int, of limit: MemoryLimit = .current
  ) throws(ExperimentError) {
    let bytes = exportBytes(variant, classes: classes)
    try MemoryNeed(step: .export, stepBytes: bytes, cachedBytes: 0).require(of: limit)
  }

  /// The approximate peak bytes of an export: five times the weights. For ResNet-18: 0.21 GB measured, 0.22 estimated.
  func exportBytes(_ variant: Variant, classes: Int) -> Int { 4 * 5 * weightCount(variant, classes: classes) }

  /// The approximate peak bytes of a training step: what the passes keep for backward, gradients in transit, and the
  /// weights fifteen times (value, gradient, velocity, and packed for forward and backward, each up to four times as
  /// large). Measured with ResNet-18: at 224 pixels 1.10 GB for the baseline (estimated 1.08), 1.72 GB for S3N (1.82);
  /// at 96 pixels, where the weights dominate, 0.71 GB (0.70). Several groups also need the sum of their gradients.
  func stepBytes(_ variant: Variant, classes: Int) -> Int {
    let group = min(batch, normalizationGroup ?? batch)
    let kept = group * variant.passes * backbone.keptValues(size: size)
    let passing = 3 * group * backbone.width * size * size / 4
    let images = (group * variant.passes + 2 * batch) * 3 * size * size
    let weights = (group < batch ? 16 : 15) * weightCount(variant, classes: classes)
    return precision.bytes * (kept + passing) + 4 * (images + weights)
  }

  /// The approximate peak bytes of a test step: features in transit and the weights five times. Measured at 448 pixels:
  /// 0.9 GB for ResNet-18 (estimated 1.0), 1.1 GB for S3N on it (1.1), 2.6 GB for S3N on ResNet-50 (2.8).
  func testBytes(_ variant: Variant, classes: Int) -> Int {
    let passing = 3 * batch * backbone.width * size * size / 4
    return precision.bytes * passing
      + 4 * (4 * batch * 3 * size * size + 5 * weightCount(variant, classes: classes))
  }

  /// The number of weights in backbone and heads, including running statistics.
  private func weightCount(_ variant: Variant, classes: Int) -> Int {
    Cell(variant, seed: 0).stateDictEntries(self, classes: classes).reduce(0) { $0 + $1.shape.reduce(1, *) }
  }
}

extension ResNetConfiguration {
  /// The number of values that a training pass keeps per image: the outputs of all convolutions and blocks.
  func keptValues(size: Int) -> Int {
    var side = (size + 3) / 4
    var kept = width * (size * size / 4 + side * side)
    for block in blocks {
      for layer in block.branch {
        side = layer.geometry.outputSize(side)
        kept += side * side * layer.geometry.outputChannels
      }
      // The outputs of the block and of its shortcut.
      let outputs = side * side * block.outputChannels
      kept += block.downsample == nil ? outputs : 2 * outputs
    }
    return kept
  }
}
