import Experiments
import Models
import Performance
import Timing

/// What a step's time depends on: all variants of one shape take equally long.
struct NetworkShape: Hashable, Sendable {
  let passes: Int
  let isWarped: Bool

  init(of variant: Variant) {
    passes = variant.passes
    isWarped = variant.usesRadius || variant.usesRadiusInverse
  }

  /// Its position in lists.
  var order: Int { 2 * passes + (isWarped ? 1 : 0) }

  var title: String {
    switch (passes, isWarped) {
    case (1, _): "one pass"
    case (_, true): "\(passes) passes, sampled"
    case (_, false): "\(passes) passes"
    }
  }
}

extension Cell {
  /// Returns the floating-point operations of a step per image, by the definition.
  func flopsPerImage(_ recipe: Recipe, classes: Int, phase: Phase) -> Double {
    // Counts running statistics as parameters, too.
    let parameters = stateDictEntries(recipe, classes: classes).reduce(0) { $0 + $1.shape.reduce(1, *) }
    let work =
      s3nConfiguration(recipe, classes: classes).map {
        ModelWork(
          s3n: $0, isWarped: NetworkShape(of: variant).isWarped, images: recipe.batch, size: recipe.size, phase: phase,
          parameters: parameters)
      }
      ?? ModelWork(
        resnet: recipe.backbone, classes: classes, images: recipe.batch, size: recipe.size, phase: phase,
        parameters: parameters)
    return work.step.flops / Double(recipe.batch)
  }
}
