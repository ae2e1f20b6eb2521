extension Recipe {
  /// The valid ranges of a recipe's values, whether options or a file give them.
  enum Ranges {
    static let size = 32...2048
    /// As a multiple of `size`.
    static let testResizeRatio = 1.0...4
    static let batch = 1...4096
    static let epochs = 1...10_000
    static let learningRate = 1e-12...10
    static let momentum = 0...0.9999
    static let weightDecay = 0.0...1
    static let keep = 0.0...1
    static let floor = 1e-6...1
    static let stages = 1...6
    static let blocks = 1...256
    static let width = 1...1024
  }

  /// Throws `invalidValue` for the first value out of its range, for instance in a file that another program wrote.
  func requireSound() throws(ExperimentError) {
    try require(Ranges.stages, "backbone", backbone.layers.count, "a number of stages")
    for blocks in backbone.layers { try require(Ranges.blocks, "backbone", blocks, "blocks of a stage") }
    try require(Ranges.width, "backbone", backbone.width, "a number of channels")
    try require(Ranges.size, "size", size, "a whole number of pixels")
    try require(Ranges.testResizeRatio, "testResizeRatio", testResizeRatio, "a multiple of the size")
    try require(Ranges.batch, "batch", batch, "a whole number of images")
    try require(Ranges.batch, "normalizationGroup", normalizationGroup ?? 1, "a whole number of images")
    for rate in [learningRate, baselineLearningRate] {
      try require(Ranges.learningRate, "learningRate", rate, "a learning rate")
    }
    try require(Ranges.momentum, "momentum", momentum, "a share of the last step")
    try require(Ranges.weightDecay, "weightDecay", weightDecay, "a factor")
    try require(Ranges.keep, "keep", keep, "the label's share of a smoothed target")
    try require(0...1, "cropScale", cropScale.lowerBound, "a share of an image's area")
    try require(0...1, "cropScale", cropScale.upperBound, "a share of an image's area")
    try require(Ranges.floor, "floor", floor, "an attention")
    for schedule in [samplingSchedule, baselineSchedule] {
      try require(Ranges.epochs, "epochs", schedule.epochs, "a whole number of epochs")
      for epoch in [schedule.decayEpoch, schedule.splitEpoch] {
        try require(0...Ranges.epochs.upperBound, "schedule", epoch, "a number of epochs")
      }
    }
  }
}
