import ArgumentParser
import Foundation
import Records
import Regression

struct RegressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regress",
    abstract: "Check whether this program got worse: in accuracy, weights, time, memory or instructions.",
    discussion: """
      With --baseline, a stored folder's recorded commands are run again, or RUN_DIR is used, and compared with it: \
      each head's accuracy, paired by image and seed (a drop beyond the margin that chance does not explain), the \
      weights' fingerprints, the times of whole steps and of stages (by ratio, and by the Mann-Whitney test at 0.002), \
      and the tensors' peak memory and allocations. --update replaces the baseline, or creates one.

      With --against, another commit is built in its own worktree and kept in .build/regress, and both programs \
      alternate on a short ablation, or on the command after --. Use this to judge times on a shared machine.

      Exit codes: 0 the same, 2 a regression, 4 an improvement, 65 not comparable.
      """)

  @Option(help: ArgumentHelp("Report or output folder to compare this program with.", valueName: "dir"))
  var baseline: String?

  @Argument(
    help: ArgumentHelp(
      "With --baseline: output folder to judge (default: run the baseline's commands).", valueName: "run-dir"))
  var runFolder: String?

  @Option(help: ArgumentHelp("Commit of this repository to compare this program with.", valueName: "ref"))
  var against: String?

  @Option(help: ArgumentHelp("With --against: count instructions once instead of measuring times.", valueName: "what"))
  var count: Counted?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --against: runs of each program (default: \(usualRounds)).", valueName: "count"))
  var rounds: Int?
  private static let usualRounds = 10

  @Option(
    name: .customLong("data"), help: ArgumentHelp("Dataset folder on this machine.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Keep the new run in this folder (default: remove it).", valueName: "dir"))
  var out: String?

  @Flag(help: "Replace the baseline with this run, whatever the result.")
  var update = false

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp(
      "With --against: training command for both programs to run (default: a short ablation).", valueName: "command")
  )
  var work: [String] = []

  @OptionGroup(title: "What counts") var tolerances: ToleranceOptions
  @OptionGroup(title: "Reports") var files: GateFiles

  enum Counted: String, ExpressibleByArgument, CaseIterable { case instructions }

  /// The default work of both programs: a few seconds that cover every part of training.
  static let shortWork = "ablation --dataset birdlets --classes 1-3 --size 64 --epochs 2 --variants baseline,s3n"
  /// The same, small enough for Valgrind, which is fifty times slower.
  static let countedWork = "ablation --dataset birdlets --classes 1-2 --size 32 --epochs 1 --variants s3n"

  func validate() throws {
    guard (baseline == nil) != (against == nil) else { throw ValidationError("Give either --baseline or --against.") }
    let ofBaseline: [(String, Bool)] = [
      ("RUN_DIR", runFolder != nil), ("--update", update), ("--out", out != nil), ("--data", data != nil),
    ]
    let ofCommit: [(String, Bool)] = [
      ("--rounds", rounds != nil), ("--count", count != nil), ("a command after --", !work.isEmpty),
    ]
    if let foreign = (against == nil ? ofCommit : ofBaseline).first(where: \.1)?.0 {
      throw ValidationError("\(foreign) needs \(against == nil ? "--against" : "--baseline").")
    }
    if let runFolder, out != nil || data != nil {
      throw ValidationError("--out and --data apply to a new run: leave them out to judge \(runFolder).")
    }
    if count != nil, rounds != nil {
      throw ValidationError("--rounds is for times: instructions are counted once.")
    }
    if let rounds, !(Alternation.fewestRounds...1000).contains(rounds) {
      throw ValidationError(
        "--rounds \(rounds): expected \(Alternation.fewestRounds) to 1000; fewer can never be significant.")
    }
  }

  func run() throws {
    try files.requireWritable()
    let report = try report()
    print(report.text, terminator: "")
    try files.write(report)
    guard !report.isBaseline else { return }
    if let code = ExitCode(for: report.verdict) { throw code }
  }

  private func report() throws -> GateReport {
    var tolerance = tolerances.tolerance
    if let baseline {
      let stored = Baseline(
        folder: URL(fileURLWithPath: baseline, isDirectory: true), tolerance: tolerance, isRenewed: update)
      guard let runFolder else { return try stored.judgeFreshRun(data: data, keptIn: out) }
      return try stored.judge(URL(fileURLWithPath: runFolder, isDirectory: true))
    }
    // Another commit may round differently; its times, if any, come from this machine.
    (tolerance.bits, tolerance.latency) = (tolerance.bits ?? .report, tolerance.latency ?? .gate)
    let standard = count == nil ? Self.shortWork : Self.countedWork
    let work = RecordedCommand(work.isEmpty ? standard.split(separator: " ").map(String.init) : work)
    let contest = Contest(other: try OtherCommit(against ?? ""), work: work, tolerance: tolerance)
    do {
      return count == nil ? try contest.times(rounds: rounds ?? Self.usualRounds) : try contest.instructions()
    } catch let obstacle as NotComparable {
      return GateReport(obstacle: obstacle)
    }
  }
}
