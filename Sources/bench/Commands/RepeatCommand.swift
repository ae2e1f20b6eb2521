import ArgumentParser
import Experiments
import Foundation
import Records
import Regression

struct RepeatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repeat",
    abstract: "Repeat recorded runs from their recorded commands, and report whether the results are the same.",
    discussion: """
      A run is graded identical, if the weights are bit-identical after every epoch and every answer is the same; \
      equivalent, if the accuracy of the predicting head is the same within 1 point, by its paired 95 % interval over \
      images; else different. Differences in the environment are named, and so is the first tensor that differs, if \
      the folder holds the run's model (ablation --checkpoints).

      Exit codes: 0 identical or equivalent, 2 different, 65 not comparable.
      """)

  @Argument(help: ArgumentHelp("Output folder or report.", valueName: "dir"))
  var folder: String

  @Argument(
    help: ArgumentHelp("Run to repeat, as named in runs.csv (default: all, one after the other).", valueName: "run"))
  var runID: String?

  @Option(
    name: .customLong("data"), help: ArgumentHelp("Dataset folder on this machine.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Keep the new runs in this folder (default: remove them).", valueName: "dir"))
  var out: String?

  func run() throws {
    let recorded = try RecordedRuns(reading: URL(fileURLWithPath: folder, isDirectory: true))
    let runs = runID.map { [$0] } ?? recorded.records.runIDs
    let rerun = try Rerun(of: recorded, data: data)
    for run in runs { try rerun.requireRun(run) }
    let repetitions = try rerun.repeat(runs, keptIn: out)
    for difference in repetitions.surroundings { print("Now \(difference).") }
    if repetitions.surroundings.isEmpty { print("The environment is the same, as far as environment.json tells.") }
    for repetition in repetitions.graded { print(repetition.sentence) }
    guard !repetitions.graded.contains(where: { $0.grade == .different }) else { throw ExitCode.regression }
  }
}
