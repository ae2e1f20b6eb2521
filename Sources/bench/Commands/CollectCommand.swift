import ArgumentParser
import Files
import Foundation
import Records

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Make one output folder of the finished runs of bench ablation --launcher, and say what is missing.",
    discussion: """
      The folder is DIR/collected: what one process would have written, and in place of an earlier one. Runs may go on meanwhile. \
      A run that is not finished, of another recipe, dataset version or commit, or damaged is named and left out. Exits with 0 \
      if all runs are there, or what is missing was submitted, else with 1.
      """)

  @Argument(help: ArgumentHelp("The folder of bench ablation --launcher.", valueName: "dir"))
  var folder: String

  @Flag(help: "Submit the runs that are missing, and are not queued or running, to Slurm.")
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
    // Submitted runs may be missing yet; others may not.
    try table.require(
      census, besides: missing.count,
      advice: isOfSlurm
        ? "bench collect \(shellQuoted(folder)) --resubmit, or the command that began them, goes on with the others."
        : "The command that began them goes on with the others.")
  }
}
