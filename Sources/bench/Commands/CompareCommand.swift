import ArgumentParser
import Comparisons

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say which differences between the variants of an output folder are real, and write comparisons.csv.",
    discussion: """
      By images, of the weights that were trained: McNemar's exact test. By seeds, of training again: a sign-flip test of the \
      differences paired by seed, and an interval over seeds and images. Holm's correction covers the comparisons with one \
      reference, and apart from them all other pairs. With --against the table is printed, and nothing is written.

      With --with every variant is compared with the same one of another folder on the same test images, such as one of another \
      precision or of more epochs: a table, and nothing is written.
      """)

  @Argument(help: "An output folder of ablation.")
  var folder: String

  @Option(
    help: ArgumentHelp(
      "The variant to compare the others with (default: baseline, or the first that was run).", valueName: "variant"))
  var against: String?

  @Option(help: ArgumentHelp("Another output folder to compare each variant with.", valueName: "folder"))
  var with: String?

  func validate() throws {
    guard against == nil || with == nil else {
      throw ValidationError("--against names a variant of this folder and --with another folder: choose one.")
    }
  }

  func run() throws {
    let results = try Results(ofFolder: folder)
    if let with {
      let other = try Results(ofFolder: with)
      return print(try Comparisons(of: results.folder, with: other.folder).table(against: with))
    }
    let comparisons = try Comparisons(of: results.folder, against: against)
    // First, so that a folder that cannot be written to shows its table all the same.
    print(comparisons.table)
    guard against == nil else {
      // The file is the same function of the folder for everybody: whoever chose among references would choose among p-values.
      return complain(
        "Nothing was written: comparisons.csv is corrected for the comparisons with the "
          + "reference that nobody chose: the baseline, or else the first variant.")
    }
    try comparisons.write(to: results.destination)
    try results.renewManifest()
  }
}
