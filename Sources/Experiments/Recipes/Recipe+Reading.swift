import Datasets

extension Recipe {
  /// Records the choices by which a dataset's files are read differently than usual.
  public mutating func note(_ reading: Reading) {
    if reading.keepsBanner { note("banner", "kept") }
    if reading.isTurning { note("exif", "rotated") }
    if let share = reading.testShare { note("test-share", "\(share)") }
    if let seed = reading.splitSeed { note("split-seed", "\(seed)") }
  }

  /// The recorded choices.
  public var reading: Reading {
    var reading = Reading()
    reading.keepsBanner = overrides["banner"] != nil
    reading.isTurning = overrides["exif"] != nil
    reading.testShare = overrides["test-share"].flatMap(Double.init)
    reading.splitSeed = overrides["split-seed"].flatMap(UInt64.init)
    return reading
  }
}
