import Models

extension Recipe {
  /// For the embedded dataset: a small network from scratch, so that a whole ablation takes minutes.
  public static let quick = Recipe(
    name: "quick", summary: "for the embedded dataset: a small ResNet from scratch, minutes for a whole ablation",
    backbone: .resnet10Narrow, size: 96, batch: 16, learningRate: 0.02,
    groups: [
      .init("radius and filter", patterns: ["radius", "filter"], factor: 1e-4),
      .init("rest", patterns: [""], factor: 1),
    ],
    samplingSchedule: Schedule(epochs: 9, decayEpoch: 6, splitEpoch: 3),
    baselineSchedule: Schedule(epochs: 9, decayEpoch: 6, splitEpoch: 3))
}
