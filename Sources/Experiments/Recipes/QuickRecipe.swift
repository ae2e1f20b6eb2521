import Layers
import Models

extension Recipe {
  /// For the embedded dataset: a small pretrained network, so that a whole ablation takes minutes.
  public static let quick: Recipe = {
    var recipe = Recipe(
      name: "quick", version: 2,
      summary: "for the embedded dataset: a tiny pretrained ResNet, 96 pixels, 12 epochs",
      backbone: .resnet8Narrow, size: 96, batch: 16, rate: 0.003, baselineRate: 0.03,
      samplingSchedule: Schedule(epochs: 12, decayEpoch: 8, splitEpoch: 4),
      baselineSchedule: Schedule(epochs: 12, decayEpoch: 8, splitEpoch: 12))
    recipe.startsPretrained = true
    recipe.testResizeRatio = 8.0 / 7
    recipe.cropScale = 0.6...1
    return recipe
  }()
}
