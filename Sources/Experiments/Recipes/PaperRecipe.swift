import Models

extension Recipe {
  /// The released configuration of S3N: batches of 16 over two GPUs, hence batch statistics over 8 images.
  public static let paper: Recipe = {
    var recipe = Recipe(
      name: "paper", version: 1, summary: "as released: ResNet-50, 448 pixels, 60 epochs (baseline 30)",
      backbone: .resnet50, size: 448, batch: 16, rate: 0.001,
      samplingSchedule: Schedule(epochs: 60, decayEpoch: 40, splitEpoch: 21),
      baselineSchedule: Schedule(epochs: 30, decayEpoch: 20, splitEpoch: 30))
    recipe.normalizationGroup = 8
    return recipe
  }()
}
