import Models
import Operators

/// What a user sets apart from a recipe; nil leaves the recipe's own value.
public struct RecipeOverrides: Sendable, Equatable {
  public var backbone: String?
  public var size: Int?
  public var epochs: Int?
  public var batch: Int?
  public var learningRate: Double?
  public var smoothing: String?

  public init() {}
}

extension Recipe {
  /// This recipe with `overrides`, each of which is noted where it changes something.
  ///
  /// Other epochs stretch the whole schedule; another size also scales the one that test images are resized to. Throws
  /// `unknownName` and `invalidValue`.
  public func applying(_ overrides: RecipeOverrides) throws(ExperimentError) -> Recipe {
    var recipe = self
    if let name = overrides.backbone {
      let backbone = try ResNetConfiguration.named(name)
      recipe.set(\.backbone, to: backbone, as: "backbone", name)
    }
    if let size = overrides.size {
      try require(32...2048, "--size", size, "a whole number of pixels")
      recipe.set(\.size, to: size, as: "size", "\(size)")
    }
    if let batch = overrides.batch {
      try require(1...4096, "--batch", batch, "a whole number of images")
      recipe.set(\.batch, to: batch, as: "batch", "\(batch)")
    }
    if let rate = overrides.learningRate {
      guard rate > 0, rate <= 10 else {
        throw .invalidValue(option: "--lr", value: "\(rate)", expected: "a learning rate above 0 and at most 10")
      }
      recipe.set(\.learningRate, to: rate, as: "lr", "\(rate)")
    }
    if let name = overrides.smoothing {
      let method = try known("smoothing", name, among: SmoothingMethod.allCases, by: \.rawValue)
      recipe.set(\.smoothing, to: method, as: "smoothing", name)
    }
    if let epochs = overrides.epochs {
      try require(1...10_000, "--epochs", epochs, "a whole number of epochs")
      if epochs != samplingSchedule.epochs || epochs != baselineSchedule.epochs { recipe.note("epochs", "\(epochs)") }
      recipe.samplingSchedule = samplingSchedule.stretched(to: epochs)
      recipe.baselineSchedule = baselineSchedule.stretched(to: epochs)
    }
    return recipe
  }

  private mutating func set<Value: Equatable>(
    _ property: WritableKeyPath<Recipe, Value>, to value: Value, as key: String, _ text: String
  ) {
    guard self[keyPath: property] != value else { return }
    self[keyPath: property] = value
    note(key, text)
  }
}

func require(
  _ range: ClosedRange<Int>, _ option: String, _ value: Int, _ what: String
) throws(ExperimentError) {
  guard range.contains(value) else {
    throw .invalidValue(
      option: option, value: "\(value)", expected: "\(what) from \(range.lowerBound) to \(range.upperBound)")
  }
}
