import ArgumentParser
import Experiments
import Files
import Foundation
import Records
import Regression
import TestSupport
import Testing

@testable import bench

@Suite struct RecordedCommandTests {
  private let command = RecordedCommand([
    "ablation", "--p=0,1", "--radius", "0.05,0.09", "--seeds", "3", "--out", "runs/a", "--classes", "1-2",
  ])

  private func run(_ variant: String, radius: Double? = nil, inverse: Double? = nil) -> RunRow {
    RunRow(
      runID: "", table: TableKey(dataset: "birdlets", datasetVersion: "2", recipe: "quick", recipeVersion: 2),
      variant: variant, radius: radius, radiusInverse: inverse, seed: 2, metric: Metric.top1, unit: "", value: nil)
  }

  @Test func optionsAreTakenOutAndSet() {
    #expect(!command.without("--p").arguments.contains("--p=0,1"))
    #expect(command.with("--out", "there").arguments.suffix(4) == ["--classes", "1-2", "--out", "there"])
  }

  @Test func nobodyWatchesARunThatIsMadeAgain() {
    for watching in [
      "--serve", "--serve 80 --serve-host ::1", "--serve=0 --tensorboard there", "--tensorboard=x --serve",
    ] {
      let line = "ablation --epochs 1 \(watching) --seeds 3"
      let command = RecordedCommand(line.split(separator: " ").map(String.init)).unwatched
      #expect(command.arguments == ["ablation", "--epochs", "1", "--seeds", "3"])
    }
  }

  /// The command for a single run, parsed like a user's, has exactly that run.
  @Test(arguments: [("baseline", nil, nil), ("s3n", 0.05, 0.3), ("s3n-p1", 0.09, 0.3), ("random-peaks", 0.09, 0.3)])
  func oneRunAloneIsRunAgain(variant: String, radius: Double?, inverse: Double?) throws {
    let only = command.only(run(variant, radius: radius, inverse: inverse))
    let parsed = try #require(try Bench.parseAsRoot(only.arguments) as? any TrainingCommand)
    let (entry, recipe) = try ExperimentRun(command: parsed).recipe()
    let cells = try parsed.plan(entry.name, recipe).cells
    #expect(cells.count == 1 && cells[0].variant.name == variant && cells[0].seed == 2 && cells[0].radius == radius)
    #expect(recipe.overrides["classes"] == "1-2")
  }

  @Test func trainIsOneRun() {
    let train = RecordedCommand(["train", "--variant", "identity", "--seed=2"])
    #expect(train.choices(of: run("identity")) == 0 && train.choices(of: run("s3n")) == nil)
    #expect(train.only(run("identity")) == train)
    // An option's last value counts, as in the parser; if several radii are given, each must be the run's.
    let wide = RecordedCommand(["train", "--seed", "1", "--radius", "0.2", "--seed", "2"])
    #expect(wide.choices(of: run("s3n", radius: 0.2)) == 1 && wide.choices(of: run("s3n", radius: 0.1)) == nil)
    #expect(train.keepingModels == train && command.keepingModels.arguments.last == "--checkpoints")
  }
}

@Suite struct RegressCommandTests {
  @Test(arguments: [
    "regress", "regress --baseline a --against b", "regress --against b --update", "regress --against b c",
    "regress --baseline a --count instructions", "regress --baseline a c --data d", "regress --against b --rounds 5",
    "regress --baseline a --margin -1", "regress --baseline a --latency-ratio 0.9", "regress --baseline a -- ablation",
    "regress --baseline a --bits maybe",
    "regress --against b --count instructions --rounds 20",
  ])
  func wrongUsage(line: String) {
    let error = #expect(throws: (any Error).self) {
      try Bench.parseAsRoot(line.split(separator: " ").map(String.init))
    }
    #expect(error.map(Bench.exitCode) == .usage)
  }

  @Test func theCommandBehindTheTerminatorIsTheWork() throws {
    let line = ["regress", "--against", "main", "--", "ablation", "--classes", "1-2"]
    let command = try #require(try Bench.parseAsRoot(line) as? RegressCommand)
    #expect(command.work == ["ablation", "--classes", "1-2"] && command.runFolder == nil)
  }

  @Test(arguments: [RegressCommand.shortWork, RegressCommand.countedWork])
  func whatProgramsDoIsATraining(line: String) throws {
    #expect(try Bench.parseAsRoot(line.split(separator: " ").map(String.init)) is any TrainingCommand)
  }

  /// The exit codes of a real report against itself, a copy with a worse head, and one of another recipe.
  @Test func theCodes() throws {
    let good = try goodReport.get().report
    let folder = try TemporaryFolder()
    let other = folder.url.appendingPathComponent("other")
    func code(_ arguments: String...) throws -> Int32? {
      try exitCode { try RegressCommand.parse(["--baseline", good.path, "--latency", "report"] + arguments).run() }
    }
    #expect(try code(good.path) == nil)
    try FileManager.default.copyItem(at: good, to: other)
    try change(.recipe, in: other) { $0["recipe_version"] = 99 }
    #expect(try code(other.path) == 65)
    let files = ["a.xml", "a.md"].map { folder.url.appendingPathComponent($0).path }
    #expect(try code(good.path + "/nowhere", "--junit", files[0], "--markdown", files[1]) == 65)
    #expect(try String(contentsOfFile: files[0], encoding: .utf8).contains("<error"))
    #expect(try String(contentsOfFile: files[1], encoding: .utf8).contains("Not comparable"))
  }

  @Test func aBaselineIsMadeAndRenewed() throws {
    let good = try goodReport.get().report
    let folder = try TemporaryFolder()
    let baseline = folder.url.appendingPathComponent("baseline")
    #expect(
      try exitCode { try RegressCommand.parse(["--baseline", baseline.path, good.path, "--update"]).run() } == nil)
    #expect(try exitCode { try RegressCommand.parse(["--baseline", baseline.path, good.path]).run() } == nil)
    var check = try ReportCheck(baseline)
    check.run()
    #expect(check.findings == [])
    try change(.recipe, in: baseline) { recipe in
      recipe["values"] = (recipe["values"] as? [String: Any])?.merging(["batch": 99]) { $1 }
    }
    let unlike = try Baseline(folder: baseline, tolerance: Tolerance(), isRenewed: false).judge(good)
    #expect(unlike.notes.contains { $0.contains("--update") })
    #expect(try exitCode { try RegressCommand.parse(["--baseline", baseline.path, good.path]).run() } == 65)
    #expect(
      try exitCode { try RegressCommand.parse(["--baseline", baseline.path, good.path, "--update"]).run() } == nil)
    #expect(try exitCode { try RegressCommand.parse(["--baseline", baseline.path, good.path]).run() } == nil)
  }

  @Test func theFirstBaselineIsComparedWithNothing() throws {
    let good = try goodReport.get().report
    let folder = try TemporaryFolder()
    let baseline = Baseline(
      folder: folder.url.appendingPathComponent("baseline"), tolerance: Tolerance(), isRenewed: true)
    let report = try baseline.judge(good)
    #expect(report.isBaseline && report.sentence == "There was nothing to compare yet.")
    #expect(report.notes.contains { $0.contains("now holds this run") } && !report.text.contains("Same"))
  }

  @Test(arguments: [RecordsFile.predictions, .environment, .runs])
  func aDamagedRunBecomesNoBaseline(file: RecordsFile) throws {
    let good = try goodReport.get().report
    let folder = try TemporaryFolder()
    let (damaged, baseline) = (folder.url.appendingPathComponent("run"), folder.url.appendingPathComponent("baseline"))
    try FileManager.default.copyItem(at: good, to: damaged)
    try Data(contentsOf: file.url(in: good)).dropLast(300).write(to: file.url(in: damaged))
    let update = ["--baseline", baseline.path, damaged.path, "--update"]
    #expect(try exitCode { try RegressCommand.parse(update).run() } == 65)
    #expect(!FileManager.default.fileExists(atPath: baseline.path))
    // An existing baseline stays.
    try FileManager.default.copyItem(at: good, to: baseline)
    #expect(try exitCode { try RegressCommand.parse(update).run() } == 65)
    #expect(FileManager.default.contentsEqual(atPath: baseline.path, andPath: good.path))
  }

  @Test(arguments: ["no-such-commit", "--help", ""])
  func aCommitThatIsNotThereIsSaid(reference: String) {
    let error = #expect(throws: RegressError.self) { try OtherCommit(reference) }
    // A source archive has no history at all.
    #expect(error == .noSuchCommit(reference: reference) || error == .noCheckout)
  }

  @Test func whatIsNoBaselineIsSaid() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: RegressError.self) {
      try RegressCommand.parse(["--baseline", folder.url.path]).run()
    }
    #expect(error.flatMap { ExitCode(for: $0) } == .data)
  }
}

@Suite(.serialized) struct ChildProcessTests {
  @Test func theCodeIsTheProgramsOwn() throws {
    #expect(try ChildProcess.run(["sh", "-c", "exit 7"]) == 7)
    #expect(try ChildProcess.run(["sh", "-c", "kill -KILL $$"]) == 128 + SIGKILL)
    #expect(try ChildProcess.run(["sh", "-c", "exit $CODE"], environment: ["CODE": "9"]) == 9)
    #expect(throws: ChildProcess.CannotStart.self) { try ChildProcess.run(["no-such-program-anywhere"]) }
  }

  @Test func aCodeThatTheSystemDoesNotSayIsNoSuccess() throws {
    let child = try ChildProcess(["true"])
    while child.exitCode() == nil { usleep(1000) }
    // An exit code is returned only once; if SIGCHLD is ignored, never.
    #expect(child.exitCode() == -1)
  }

  @Test func argumentsAndVariablesGoThroughByteForByte() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("log").path
    let name = pathText([0x72, 0xE9])
    let arguments = ["sh", "-c", "printf %s \"$0$NAME\"", name]
    #expect(try ChildProcess.run(arguments, environment: ["NAME": name], output: .file(file)) == 0)
    #expect(try readWhole(file) == Data([0x72, 0xE9, 0x72, 0xE9]) && readText(file) == name + name)
    #expect(output(of: ["printf", "%s", name]) == name)
  }

  @Test func whatItPrintsGoesToAFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("log").path
    #expect(try ChildProcess.run(["sh", "-c", "echo out; echo err >&2"], output: .file(file)) == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "out\nerr\n")
  }
}
