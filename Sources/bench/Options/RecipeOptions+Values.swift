import Experiments

extension Recipe {
  /// The values by the options that set them; every new option of a recipe needs a line here.
  var optionValues: [(key: String, value: String, set: (inout RecipeOverrides) -> Void)] {
    let schedule = samplingSchedule
    var values: [(key: String, value: String, set: (inout RecipeOverrides) -> Void)] = [
      ("backbone", backbone.name, { $0.backbone = backbone.name }),
      ("size", "\(size)", { $0.size = size }),
      ("test-resize", "\(testResize)", { $0.testResize = testResize }),
      ("epochs", "\(schedule.epochs)", { $0.epochs = schedule.epochs }),
      ("batch", "\(batch)", { $0.batch = batch }),
      ("lr", "\(learningRate)", { $0.learningRate = learningRate }),
      ("lr-step", "\(schedule.decayEpoch)", { $0.learningRateStep = schedule.decayEpoch }),
      ("p-step", "\(schedule.splitEpoch)", { $0.splitStep = schedule.splitEpoch }),
      ("momentum", "\(momentum)", { $0.momentum = momentum }),
      ("weight-decay", "\(weightDecay)", { $0.weightDecay = weightDecay }),
      ("label-share", "\(keep)", { $0.keep = keep }),
      ("crop-scale", "\(cropScale.lowerBound)-\(cropScale.upperBound)", { $0.cropScale = cropScale }),
      ("floor", "\(floor)", { $0.floor = floor }),
      ("smoothing", smoothing.rawValue, { $0.smoothing = smoothing.rawValue }),
      ("precision", precision.rawValue, { $0.precision = precision }),
    ]
    if let group = normalizationGroup { values.append(("bn-batch", "\(group)", { $0.normalizationGroup = group })) }
    return values
  }
}
