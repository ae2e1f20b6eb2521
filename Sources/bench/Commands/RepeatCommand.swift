import ArgumentParser
import Experiments
import Foundation
import Records
import Regression

struct RepeatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repeat",
    abstract: "Run recorded runs again from their recorded commands, and say whether they come out the same.",
    discussion: """
      The grade of a run: identical, if the weights are equal to the bit after every epoch and every answer is the same; equivalent, \
      if the accuracy of the head that predicts is the same within 1 point, by its paired 95 % interval over images; else different. What differs in the \
      surroundings is named. Where the folder holds the run's model (ablation --checkpoints), so is the first tensor that differs.

      Exit codes: 0 identical or equivalent, 2 different, 65 not comparable.
      """)

  @Argument(help: ArgumentHelp("An output folder or report.", valueName: "dir"))
  var folder: String

  @Argument(
    help: ArgumentHelp("A run of it, as in its runs.csv (default: all, one after the other).", valueName: "run"))
  var runID: String?

  @Option(
    name: .customLong("data"), help: ArgumentHelp("The dataset's folder on this machine.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Keep the runs that are made here (default: they are removed).", valueName: "dir"))
  var out: String?

  func run() throws {
    let recorded = try RecordedRuns(reading: URL(fileURLWithPath: folder, isDirectory: true))
    let runs = runID.map { [$0] } ?? recorded.records.runIDs
    let rerun = try Rerun(of: recorded, data: data)
    for run in runs { try rerun.requireRun(run) }
    let repetitions = try rerun.repeat(runs, keptIn: out)
    for difference in repetitions.surroundings { print("Now \(difference).") }
    if repetitions.surroundings.isEmpty { print("The surroundings are the same, as far as environment.json tells.") }
    for repetition in repetitions.graded { print(repetition.sentence) }
    guard !repetitions.graded.contains(where: { $0.grade == .different }) else { throw ExitCode.regression }
  }
}
