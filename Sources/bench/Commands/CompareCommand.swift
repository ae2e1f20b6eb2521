import ArgumentParser

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say which differences between the variants of an output folder are real, and write comparisons.csv.",
    discussion: """
      By images, of the weights that were trained: McNemar's exact test. By seeds, of training again: a sign-flip test of the \
      differences paired by seed, and an interval over seeds and images. Holm's correction covers the comparisons with one \
      reference, and apart from them all other pairs.
      """)

  @Argument(help: "An output folder of ablation.")
  var folder: String

  @Option(
    help: ArgumentHelp(
      "The variant to compare the others with (default: baseline, or the first that was run).", valueName: "variant"))
  var against: String?

  func run() throws {
    let results = try Results(ofFolder: folder)
    print(try results.compare(against: against).table)
    try results.renewManifest()
  }
}
