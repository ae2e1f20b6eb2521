import Layers
import Models

extension Recipe {
  /// For the embedded dataset: a small network from scratch, so that a whole ablation takes minutes.
  ///
  /// No layer is pretrained, so that all learn at one rate but radii and filter, which start where they should be.
  public static let quick = Recipe(
    name: "quick", summary: "for the embedded dataset: a tiny ResNet, 96 pixels, 9 epochs",
    backbone: .resnet10Narrow, size: 96, batch: 8, learningRate: 0.02,
    groups: [
      SGD.Group("radius and filter", patterns: ["radius", "filter"], factor: 1e-5),
      SGD.Group("rest", patterns: [""], factor: 1),
    ],
    samplingSchedule: Schedule(epochs: 9, decayEpoch: 6, splitEpoch: 3),
    baselineSchedule: Schedule(epochs: 9, decayEpoch: 6, splitEpoch: 3))
}
