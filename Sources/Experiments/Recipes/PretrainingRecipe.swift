import Layers
import Models

extension Recipe {
  /// The recipe that trained the embedded backbone: from scratch, all layers at one rate.
  public static let pretraining: Recipe = {
    var recipe = Recipe(
      name: "pretraining", version: 1, summary: "how the embedded backbone was made, on birdlets-pretraining",
      backbone: .resnet8Narrow, size: 96, batch: 16, rate: 0.05,
      samplingSchedule: Schedule(epochs: 40, decayEpoch: 28, splitEpoch: 14),
      baselineSchedule: Schedule(epochs: 40, decayEpoch: 28, splitEpoch: 40))
    recipe.groups = [SGD.Group("all", patterns: [""], factor: 1)]
    recipe.testResizeRatio = 8.0 / 7
    return recipe
  }()
}
