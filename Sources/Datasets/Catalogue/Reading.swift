/// Options for reading a dataset's files; not every dataset accepts every one.
public struct Reading: Equatable, Sendable {
  /// Whether FGVC-Aircraft's images keep the bottom rows that name the photographer.
  public var keepsBanner = false
  /// Whether images are rotated according to their EXIF data; PyTorch and Pillow leave them as stored.
  public var isTurning = false
  /// The share of each class held out for testing, between 0 and 1, for folders that do not define a split.
  public var testShare: Double?
  /// The seed for drawing those images; 0 by default.
  public var splitSeed: UInt64?

  public init() {}

  /// Choices by their command-line options.
  enum Choice: String, CaseIterable {
    case banner = "--keep-banner"
    case turning = "--exif-rotate"
    case testShare = "--test-share"
    case splitSeed = "--split-seed"
  }

  /// The choices made.
  var choices: Set<Choice> {
    var choices: Set<Choice> = []
    if keepsBanner { choices.insert(.banner) }
    if isTurning { choices.insert(.turning) }
    if testShare != nil { choices.insert(.testShare) }
    if splitSeed != nil { choices.insert(.splitSeed) }
    return choices
  }

  /// The number of rows cut off at the bottom of each image of a dataset.
  public func rowsCutOff(of dataset: String) -> Int {
    let hasBanner = Dataset.all.contains { $0.name == dataset && $0.choices.contains(.banner) }
    return hasBanner && !keepsBanner ? Aircraft.bannerRows : 0
  }
}

extension CatalogueEntry {
  /// Throws `optionNotTaken` for a choice that this dataset does not accept, and `invalidShare`; touches no file.
  public func require(_ reading: Reading) throws(DatasetError) {
    for choice in Reading.Choice.allCases where reading.choices.contains(choice) && !choices.contains(choice) {
      let takers = Dataset.all.filter { $0.choices.contains(choice) }.map(\.name)
      throw .optionNotTaken(option: choice.rawValue, dataset: name, takenBy: takers)
    }
    if let share = reading.testShare, !(share > 0 && share < 1) { throw .invalidShare(share) }
  }
}
