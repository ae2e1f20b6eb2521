import ArgumentParser
import Comparisons

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Test which differences between the variants of an output folder are real; write comparisons.csv.",
    discussion: """
      By images, for the trained weights: McNemar's exact test. By seeds, for training again: a sign-flip test of \
      differences paired by seed, and an interval over seeds and images. Holm's correction covers the comparisons with \
      one reference and, separately, all other pairs. With --against, only a table is printed; nothing is written.

      With --with, each variant is compared with the same one in another folder on the same test images, such as one \
      with another precision or more epochs. Only a table is printed; nothing is written.
      """)

  @Argument(help: "Output folder of bench ablation.")
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Variant to compare the others with (default: baseline, or the first that was run).", valueName: "variant"))
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
    // Printed first, so that the table appears even if the folder is not writable.
    print(comparisons.table)
    guard against == nil else {
      // The file depends on the folder alone: choosing among references would mean choosing among p-values.
      return complain(
        "Nothing was written: comparisons.csv is corrected for comparisons with the "
          + "default reference: the baseline, or else the first variant.")
    }
    try comparisons.write(to: results.destination)
    try results.renewManifest()
  }
}
