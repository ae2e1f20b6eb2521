import Models
import Operators
import Tensors

/// Overrides of a recipe's values; nil keeps the recipe's own.
public struct RecipeOverrides: Sendable, Equatable {
  public var backbone: String?
  public var size: Int?
  public var testResize: Int?
  public var epochs: Int?
  public var batch: Int?
  public var normalizationGroup: Int?
  public var learningRate: Double?
  public var learningRateStep: Int?
  public var splitStep: Int?
  public var momentum: Double?
  public var weightDecay: Double?
  public var keep: Double?
  public var cropScale: ClosedRange<Double>?
  public var floor: Double?
  public var smoothing: String?
  public var precision: Precision?

  public init() {}
}

extension Recipe {
  /// This recipe with `overrides`, recording each one that changes something.
  ///
  /// A different number of epochs stretches the whole schedule; a different size also scales the resize of test images.
  /// Throws `unknownName` and `invalidValue`.
  public func applying(_ overrides: RecipeOverrides) throws(ExperimentError) -> Recipe {
    var recipe = self
    if let name = overrides.backbone {
      recipe.set(\.backbone, to: try ResNetConfiguration.named(name), as: "backbone", name)
      // The embedded weights belong to one backbone.
      if recipe.backbone != backbone { recipe.startsPretrained = false }
    }
    try recipe.applyImages(overrides)
    try recipe.applyOptimizer(overrides)
    try recipe.applySchedule(overrides)
    if let keep = overrides.keep {
      try require(Ranges.keep, "--label-share", keep, "the label's share of a smoothed target")
      recipe.set(\.keep, to: keep, as: "label-share", "\(keep)")
    }
    if let floor = overrides.floor {
      try require(Ranges.floor, "--floor", floor, "an attention")
      recipe.set(\.floor, to: floor, as: "floor", "\(floor)")
    }
    if let name = overrides.smoothing {
      let method = try known("smoothing", name, among: SmoothingMethod.allCases, by: \.rawValue)
      recipe.set(\.smoothing, to: method, as: "smoothing", name)
    }
    if let precision = overrides.precision { recipe.precision = precision }
    return recipe
  }

  private mutating func applyImages(_ overrides: RecipeOverrides) throws(ExperimentError) {
    if let size = overrides.size {
      try require(Ranges.size, "--size", size, "a whole number of pixels")
      set(\.size, to: size, as: "size", "\(size)")
    }
    if let resize = overrides.testResize {
      try require(size...4 * size, "--test-resize", resize, "a whole number of pixels")
      if resize != testResize {
        testResizeRatio = Double(resize) / Double(size)
        note("test-resize", "\(resize)")
      }
    }
    if let scale = overrides.cropScale {
      guard scale.lowerBound > 0, scale.upperBound <= 1 else {
        throw .invalidValue(
          option: "--crop-scale", value: "\(scale.lowerBound)-\(scale.upperBound)",
          expected: "two shares of an image's area above 0 and at most 1, the smaller one first, such as 0.5-1")
      }
      set(\.cropScale, to: scale, as: "crop-scale", "\(scale.lowerBound)-\(scale.upperBound)")
    }
  }

  private mutating func applyOptimizer(_ overrides: RecipeOverrides) throws(ExperimentError) {
    if let batch = overrides.batch {
      try require(Ranges.batch, "--batch", batch, "a whole number of images")
      set(\.batch, to: batch, as: "batch", "\(batch)")
    }
    if let group = overrides.normalizationGroup {
      try require(Ranges.batch, "--bn-batch", group, "a whole number of images")
      set(\.normalizationGroup, to: group, as: "bn-batch", "\(group)")
    }
    if let rate = overrides.learningRate {
      try require(Ranges.learningRate, "--lr", rate, "a learning rate")
      if rate != learningRate || rate != baselineLearningRate { note("lr", "\(rate)") }
      (learningRate, baselineLearningRate) = (rate, rate)
    }
    if let momentum = overrides.momentum {
      try require(Ranges.momentum, "--momentum", momentum, "a share of the last step")
      set(\.momentum, to: momentum, as: "momentum", "\(momentum)")
    }
    if let decay = overrides.weightDecay {
      try require(Ranges.weightDecay, "--weight-decay", decay, "a factor")
      set(\.weightDecay, to: decay, as: "weight-decay", "\(decay)")
    }
  }

  /// Steps count in epochs of the variants with sampled passes; for a plain ResNet they are stretched.
  private mutating func applySchedule(_ overrides: RecipeOverrides) throws(ExperimentError) {
    let (sampling, baseline) = (samplingSchedule, baselineSchedule)
    if let epochs = overrides.epochs {
      try require(Ranges.epochs, "--epochs", epochs, "a whole number of epochs")
      samplingSchedule = sampling.stretched(to: epochs)
      baselineSchedule = baseline.stretched(to: epochs)
      if sampling != samplingSchedule || baseline != baselineSchedule { note("epochs", "\(epochs)") }
    }
    let epochs = samplingSchedule.epochs
    if let step = overrides.learningRateStep {
      try require(1...epochs, "--lr-step", step, "a number of epochs")
      if step != samplingSchedule.decayEpoch { note("lr-step", "\(step)") }
      samplingSchedule.decayEpoch = step
      baselineSchedule.decayEpoch = Schedule.moved(step, from: epochs, to: baselineSchedule.epochs)
    }
    if let step = overrides.splitStep {
      try require(0...epochs, "--p-step", step, "a number of epochs")
      if step != samplingSchedule.splitEpoch { note("p-step", "\(step)") }
      samplingSchedule.splitEpoch = step
    }
  }

  private mutating func set<Value: Equatable>(
    _ property: WritableKeyPath<Recipe, Value>, to value: Value, as key: String, _ text: String
  ) {
    guard self[keyPath: property] != value else { return }
    self[keyPath: property] = value
    note(key, text)
  }
}

/// Throws `invalidValue` unless the value lies in the range, which NaN does not.
func require<Value: Comparable>(
  _ range: ClosedRange<Value>, _ option: String, _ value: Value, _ what: String
) throws(ExperimentError) {
  guard range.contains(value) else {
    throw .invalidValue(
      option: option, value: "\(value)", expected: "\(what) from \(range.lowerBound) to \(range.upperBound)")
  }
}
