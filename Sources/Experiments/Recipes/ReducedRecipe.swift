import Models

extension Recipe {
  /// The released configuration reduced to what a two-core machine does in hours.
  public static let reduced = Recipe(
    name: "reduced", version: 1, summary: "for a small machine: ResNet-18, 224 pixels, 12 epochs",
    backbone: .resnet18, size: 224, batch: 16, rate: 0.001,
    samplingSchedule: Schedule(epochs: 12, decayEpoch: 8, splitEpoch: 4),
    baselineSchedule: Schedule(epochs: 12, decayEpoch: 8, splitEpoch: 4))
}
