import Foundation
import Models

extension Recipe {
  /// Throws `tooLarge` if a training step of the variant would not fit into this machine's memory.
  public func requireMemory(
    for variant: Variant, classes: Int, available: Int = Int(ProcessInfo.processInfo.physicalMemory)
  ) throws(ExperimentError) {
    let needed = stepBytes(variant, classes: classes)
    guard needed <= available else { throw .tooLarge(neededBytes: needed, memoryBytes: available) }
  }

  /// About the bytes that a training step holds at its peak: what the passes keep for backward, gradients on their way,
  /// and the weights eleven times (value, gradient, velocity, and packed for forward and backward, each up to four times
  /// as large). Measured with ResNet-18 at 224 pixels: 1.1 GB for the baseline (estimated 0.9), 1.8 GB for S3N (1.6).
  func stepBytes(_ variant: Variant, classes: Int) -> Int {
    let group = min(batch, normalizationGroup ?? batch)
    let channels = backbone.featureChannels
    let heads = variant.branches.count * (9 * channels * channels + channels * classes) + channels * classes
    let kept = group * variant.passes * (backbone.keptValues(size: size) + 3 * size * size)
    let passing = 3 * group * backbone.width * size * size / 4
    return 4 * (kept + passing + 2 * batch * 3 * size * size + 11 * (backbone.weightCount + heads))
  }
}

extension ResNetConfiguration {
  /// The values of one image that a training pass keeps: the outputs of all convolutions and blocks.
  func keptValues(size: Int) -> Int {
    var side = (size + 3) / 4
    var kept = width * (size * size / 4 + side * side)
    for (stage, count) in layers.enumerated() {
      let inner = width << stage
      let outer = inner * block.expansion
      if stage > 0 { side = (side + 1) / 2 }
      let perBlock = block == .basic ? 2 * inner + outer : 2 * inner + 2 * outer
      kept += side * side * (count * perBlock + outer)
    }
    return kept
  }

  /// About the number of weights.
  var weightCount: Int {
    var (count, inputs) = (147 * width, width)
    for (stage, blocks) in layers.enumerated() {
      let inner = width << stage
      let outer = inner * block.expansion
      for _ in 0..<blocks {
        count += block == .basic ? 9 * inner * (inputs + inner) : inner * (inputs + 9 * inner + outer)
        inputs = outer
      }
    }
    return count
  }
}
