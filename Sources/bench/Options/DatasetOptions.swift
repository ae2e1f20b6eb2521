import ArgumentParser
import Datasets

/// Which images to use.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: """
      The dataset: \(Dataset.all.map(\.name).joined(separator: ", ")) (default: birdlets, or what a checkpoint was \
      trained on).
      """)
  var dataset: String?

  @Option(name: .customLong("data"), help: ArgumentHelp("The folder with the dataset's files.", valueName: "dir"))
  var folder: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Use these classes only, such as 1-20 or 1,5,7-9.", valueName: "list"))
  var classes: String?

  @Flag(help: "Leave broken images out; else they end the command before any training.")
  var skipBroken = false

  /// The name that was given, or `standard`.
  func entry(standard: String = "birdlets") throws -> CatalogueEntry {
    try Dataset.entry(named: dataset ?? standard)
  }

  /// Opens the dataset and checks every image of it; gives the number of broken images that were left out.
  func open(
    standard: String = "birdlets", standardClasses: String? = nil
  ) throws -> (dataset: Dataset, skipped: Int) {
    let selection = try (classes ?? standardClasses).map(ClassSelection.init)
    let whole = try Dataset.open(dataset ?? standard, folder: folder, classes: selection)
    let (usable, skipped) = try whole.verified(skipBroken: skipBroken)
    for image in skipped { complain("Left out \(image.path): \(image.reason)") }
    return (usable, skipped.count)
  }
}
