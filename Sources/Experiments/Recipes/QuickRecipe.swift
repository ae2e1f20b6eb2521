import Layers
import Models

extension Recipe {
  /// For the embedded dataset: a small pretrained network, so that a whole ablation takes minutes.
  public static let quick: Recipe = {
    var recipe = Recipe(
      name: "quick", version: 2, summary: "for the embedded dataset: a tiny pretrained ResNet, 96 pixels, 16 epochs",
      backbone: .resnet8Narrow, size: 96, batch: 16, rate: 0.01, baselineRate: 0.01,
      samplingSchedule: Schedule(epochs: 16, decayEpoch: 11, splitEpoch: 5),
      baselineSchedule: Schedule(epochs: 16, decayEpoch: 11, splitEpoch: 16))
    recipe.testResizeRatio = 8.0 / 7
    recipe.cropScale = 0.6...1
    return recipe
  }()

  /// How the embedded backbone was made: birds as large as the picture, from scratch.
  public static let pretraining: Recipe = {
    var recipe = Recipe(
      name: "pretraining", version: 1, summary: "how the embedded backbone was made, on birdlets-large",
      backbone: .resnet8Narrow, size: 96, batch: 16, rate: 0.05,
      samplingSchedule: Schedule(epochs: 30, decayEpoch: 20, splitEpoch: 10),
      baselineSchedule: Schedule(epochs: 30, decayEpoch: 20, splitEpoch: 30))
    recipe.groups = [SGD.Group("all", patterns: [""], factor: 1)]
    // Down to the size of a small bird.
    recipe.cropScale = 0.3...1
    return recipe
  }()
}
