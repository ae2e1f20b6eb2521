import ArgumentParser
import DatasetStore
import Datasets
import Foundation
import Interchange
import Records

struct DataCroissantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "croissant",
    abstract:
      "Describe a dataset in Croissant JSON-LD: its files with checksums and terms, and its images as records.",
    discussion: """
      For birdlets, the description is of the folder that bench data render birdlets writes: save it there.
      """)

  @Argument(help: "Name of the dataset, such as cub.") var name: String
  @Option(help: ArgumentHelp("File to write (default: standard output).", valueName: "file")) var out: String?
  @OptionGroup var options: StoreOptions

  func run() throws {
    let file = try out.map { try outputFile($0, option: "--out") }
    let text = try jsonText(description().json) + "\n"
    guard let file else { return print(text, terminator: "") }
    try writeWhole(text, to: file)
    print("Wrote \(file.givenPath)")
  }

  private func description() throws -> Croissant {
    let entry = try Dataset.entry(named: name)
    if let lockName = entry.lockName { return try Croissant(of: options.store().lock.item(.datasets, lockName)) }
    guard name == Birdlets.Kind.small.rawValue else {
      throw ValidationError("\(name) has no files to describe: choose a dataset from bench data list that has files.")
    }
    let rendered = Birdlets.rendered()
    let classes = rendered.classNames.count
    let counts = SplitCounts(
      classes: classes, train: classes * rendered.trainPerClass, test: classes * rendered.testPerClass)
    return try Croissant(ofBirdlets: Dataset.open(name).version, summary: entry.summary, counts: counts)
  }
}
