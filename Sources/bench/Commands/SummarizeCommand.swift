import ArgumentParser

struct SummarizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summarize",
    abstract: "Print the tables of an output folder again and write its summary.csv and stages-summary.csv.")

  @Argument(help: "An output folder of ablation or train.")
  var folder: String

  func run() throws {
    let results = try Results(ofFolder: folder)
    let summary = try results.summarize()
    try results.renewManifest()
    print(results.text(of: summary), terminator: "")
  }
}
