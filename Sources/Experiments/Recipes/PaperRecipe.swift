import Models

extension Recipe {
  /// The released configuration of S3N: batches of 16 over two GPUs, hence batch statistics over 8 images. Its steps
  /// count epochs from 1 (hooks.py, `update_lr`): `epoch_step: 40` lowers the rate before the 40th epoch, index 39.
  public static let paper: Recipe = {
    var recipe = Recipe(
      name: "paper", version: 2, summary: "as released: ResNet-50, 448 pixels, 60 epochs (baseline 30)",
      backbone: .resnet50, size: 448, batch: 16, rate: 0.001,
      samplingSchedule: Schedule(epochs: 60, decayEpoch: 39, splitEpoch: 21),
      baselineSchedule: Schedule(epochs: 30, decayEpoch: 19, splitEpoch: 30))
    recipe.normalizationGroup = 8
    return recipe
  }()
}
