import ArgumentParser

struct SummarizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Print an output folder's tables again, and write its summary.csv and stages-summary.csv.")

  @Argument(help: "Output folder of bench ablation or bench train.")
  var folder: String

  func run() throws {
    let results = try Results(ofFolder: folder)
    // Printed first, so that the tables appear even if the folder is not writable.
    print(results.text(of: try results.summary()), terminator: "")
    try results.summarize()
    try results.renewManifest()
  }
}
