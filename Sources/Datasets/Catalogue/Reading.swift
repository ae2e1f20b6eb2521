/// How a dataset's files are read, where there is a choice; not every dataset has every one.
public struct Reading: Equatable, Sendable {
  /// Whether FGVC-Aircraft's images keep the rows at their bottom that name the photographer.
  public var keepsBanner = false
  /// Whether images are turned as their EXIF data say; PyTorch and Pillow leave them as they are stored.
  public var isTurning = false
  /// The share of each class that is kept for testing, between 0 and 1, where a folder does not say which images those are.
  public var testShare: Double?
  /// The seed that draws those images; 0 unless given.
  public var splitSeed: UInt64?

  public init() {}

  /// A choice by the option that makes it.
  enum Choice: String, CaseIterable {
    case banner = "--keep-banner"
    case turning = "--exif-rotate"
    case testShare = "--test-share"
    case splitSeed = "--split-seed"
  }

  /// The choices that were made.
  var choices: Set<Choice> {
    var choices: Set<Choice> = []
    if keepsBanner { choices.insert(.banner) }
    if isTurning { choices.insert(.turning) }
    if testShare != nil { choices.insert(.testShare) }
    if splitSeed != nil { choices.insert(.splitSeed) }
    return choices
  }

  /// The rows at the bottom of each image of a dataset that are left out.
  public func rowsCutOff(of dataset: String) -> Int {
    let hasBanner = Dataset.all.contains { $0.name == dataset && $0.choices.contains(.banner) }
    return hasBanner && !keepsBanner ? Aircraft.bannerRows : 0
  }
}

extension CatalogueEntry {
  /// Throws `optionNotTaken` for a choice that says nothing to this dataset, and `invalidShare`; touches no file.
  public func require(_ reading: Reading) throws(DatasetError) {
    for choice in Reading.Choice.allCases where reading.choices.contains(choice) && !choices.contains(choice) {
      let takers = Dataset.all.filter { $0.choices.contains(choice) }.map(\.name)
      throw .optionNotTaken(option: choice.rawValue, dataset: name, takenBy: takers)
    }
    if let share = reading.testShare, !(share > 0 && share < 1) { throw .invalidShare(share) }
  }
}
