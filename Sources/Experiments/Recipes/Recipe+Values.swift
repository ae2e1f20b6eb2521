import Datasets
import Layers
import Models
import Records

extension Recipe {
  /// Every value of the recipe under its name in recipe.json; a new value of the recipe needs a line here.
  var values: [String: JSONValue] {
    var values: [String: JSONValue] = [
      "backbone": [
        "name": .text(backbone.name), "block": .text("\(backbone.block)"), "width": JSONValue(backbone.width),
        "layers": .list(backbone.layers.map(JSONValue.init)),
      ],
      "size": JSONValue(size),
      "test_resize": JSONValue(testResize),
      "batch": JSONValue(batch),
      "normalization_group": JSONValue(normalizationGroup),
      "starts_pretrained": .bool(startsPretrained),
      "learning_rate": ["baseline": JSONValue(baselineLearningRate), "sampling": JSONValue(learningRate)],
      "momentum": JSONValue(momentum),
      "weight_decay": JSONValue(weightDecay),
      "parameter_groups": .list(groups.map(\.values)),
      "keep": JSONValue(keep),
      "crop_scale": [JSONValue(cropScale.lowerBound), JSONValue(cropScale.upperBound)],
      "floor": JSONValue(floor),
      "smoothing": .text(smoothing.rawValue),
      "schedule": ["baseline": baselineSchedule.values, "sampling": samplingSchedule.values],
    ]
    // Files of earlier versions, which had only one precision, stay equal to current ones.
    if precision != .fp32 { values["precision"] = .text(precision.rawValue) }
    return values
  }

  /// All resolved values that determine the numbers of a table on `dataset`.
  public func resolved(for dataset: ResolvedRecipe.Dataset, initialWeights: String?) -> ResolvedRecipe {
    ResolvedRecipe(
      dataset: dataset, recipe: name, recipeVersion: version, overrides: overrides, initialWeights: initialWeights,
      values: values)
  }
}

extension Schedule {
  /// Epochs count from 1 here: the change comes after the epoch of that number.
  fileprivate var values: JSONValue {
    [
      "epochs": JSONValue(epochs), "decay_after_epoch": JSONValue(decayEpoch),
      "split_after_epoch": JSONValue(splitEpoch),
    ]
  }
}

extension SGD.Group {
  fileprivate var values: JSONValue {
    [
      "name": .text(name), "patterns": .list(patterns.map(JSONValue.text)),
      "learning_rate_factor": JSONValue(factor),
    ]
  }
}
