import Layers
import Models

extension Recipe {
  /// For the embedded dataset: a small network from scratch, so that a whole ablation takes minutes.
  ///
  /// No layer is pretrained, so that all learn at one rate but radii and filter, which start where they should be.
  /// Rate and epochs are those at which seeds agree: at 0.02 and 9 epochs they lay up to 40 points apart. The baseline
  /// has the gradient of one loss where the others have three or four, and gets twice the epochs: still fewer passes.
  public static let quick = Recipe(
    name: "quick", version: 2, summary: "for the embedded dataset: a tiny ResNet, 96 pixels, 18 epochs (baseline 36)",
    backbone: .resnet10Narrow, size: 96, batch: 8, learningRate: 0.005,
    groups: [
      SGD.Group("radius and filter", patterns: ["radius", "filter"], factor: 1e-5),
      SGD.Group("rest", patterns: [""], factor: 1),
    ],
    samplingSchedule: Schedule(epochs: 18, decayEpoch: 12, splitEpoch: 6),
    baselineSchedule: Schedule(epochs: 36, decayEpoch: 24, splitEpoch: 36))
}
