import ArgumentParser
import Files
import Foundation
import Records

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Combine the finished runs of bench ablation --launcher into one folder, and list what is missing.",
    discussion: """
      Writes DIR/collected, replacing any earlier one, as one process would have written it. Runs may continue \
      meanwhile. A run that is unfinished, damaged, or of another recipe, dataset version or commit is named and left \
      out. Exits with 0 if all runs are there or the missing ones were submitted, else with 1.
      """)

  @Argument(help: ArgumentHelp("Folder of bench ablation --launcher.", valueName: "dir"))
  var folder: String

  @Flag(help: "Submit missing runs that are not queued or running to Slurm.")
  var resubmit = false

  func run() throws {
    let divided = try DividedFolder(reading: URL(fileURLWithPath: folder, isDirectory: true))
    let isOfSlurm = isAccessible(divided.script.givenPath, F_OK)
    if resubmit {
      guard isOfSlurm else { throw LaunchError.noScript(path: folder) }
      try Slurm.require()
    }
    let table = CollectedTable(divided)
    let census = try table.collect()
    let missing = resubmit ? divided.missing(of: census) : []
    if !missing.isEmpty { try Slurm.submit(missing, of: divided) }
    // Runs just submitted may still be missing; others may not.
    try table.require(
      census, besides: missing.count,
      advice: isOfSlurm
        ? "To continue the others, run bench collect \(shellQuoted(folder)) --resubmit, or the first command again."
        : "To continue the others, repeat the command that started them.")
  }
}
