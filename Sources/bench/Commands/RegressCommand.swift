import ArgumentParser
import Foundation
import Records
import Regression

struct RegressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regress",
    abstract: "Say whether this program is worse than it was: in accuracy, weights, time, memory or instructions.",
    discussion: """
      With --baseline, the recorded commands of a stored folder are run again, or RUN_DIR is taken, and held against it: every \
      head's accuracy paired by image and seed (a fall by more than the margin that chance does not explain), the weights' \
      fingerprints, the times of whole steps and of stages (by their ratio and by Mann and Whitney's test at 0.002), the tensors' \
      peak memory and allocations. --update renews the baseline, or makes a new one.

      With --against, the program of another commit is built in a worktree of its own and kept in .build/regress, and both run in \
      alternation at a short ablation, or at the command behind --: the way to judge times on a machine that others use.

      Exit codes: 0 the same, 2 a regression, 4 an improvement, 65 not comparable.
      """)

  @Option(help: ArgumentHelp("A report or output folder to hold this program against.", valueName: "dir"))
  var baseline: String?

  @Argument(
    help: ArgumentHelp(
      "With --baseline: the output folder to judge (default: the baseline's commands are run).", valueName: "run-dir"))
  var runFolder: String?

  @Option(help: ArgumentHelp("A commit of this repository to hold this program against.", valueName: "ref"))
  var against: String?

  @Option(help: ArgumentHelp("With --against: count instructions once, in place of times.", valueName: "what"))
  var count: Counted?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --against: how often each program runs (default: \(usualRounds)).", valueName: "count"))
  var rounds: Int?
  private static let usualRounds = 10

  @Option(
    name: .customLong("data"), help: ArgumentHelp("The dataset's folder on this machine.", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Keep the run that is made here (default: it is removed).", valueName: "dir"))
  var out: String?

  @Flag(help: "Put this run in the baseline's place, whatever comes out.")
  var update = false

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp(
      "With --against: what both programs do, a command that trains (default: a short ablation).", valueName: "command")
  )
  var work: [String] = []

  @OptionGroup(title: "What counts") var tolerances: ToleranceOptions
  @OptionGroup(title: "Reports") var files: GateFiles

  enum Counted: String, ExpressibleByArgument, CaseIterable { case instructions }

  /// What both programs do where no command is named: seconds of everything that training has.
  static let shortWork = "ablation --dataset birdlets --classes 1-3 --size 64 --epochs 2 --variants baseline,s3n"
  /// The same, small enough for Valgrind, which takes fifty times as long.
  static let countedWork = "ablation --dataset birdlets --classes 1-2 --size 32 --epochs 1 --variants s3n"

  func validate() throws {
    guard (baseline == nil) != (against == nil) else { throw ValidationError("Name either --baseline or --against.") }
    let ofBaseline: [(String, Bool)] = [
      ("RUN_DIR", runFolder != nil), ("--update", update), ("--out", out != nil), ("--data", data != nil),
    ]
    let ofCommit: [(String, Bool)] = [
      ("--rounds", rounds != nil), ("--count", count != nil), ("a command behind --", !work.isEmpty),
    ]
    if let foreign = (against == nil ? ofCommit : ofBaseline).first(where: \.1)?.0 {
      throw ValidationError("\(foreign) belongs to \(against == nil ? "--against" : "--baseline").")
    }
    if let runFolder, out != nil || data != nil {
      throw ValidationError("--out and --data are for a run that is made here, and \(runFolder) is judged.")
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
    // Another commit may round otherwise, and was measured here, or not at all.
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
