import ArgumentParser
import Datasets
import Experiments
import Foundation
import Records
import TestSupport
import Testing

@testable import bench

@Suite struct ReportCheckTests {
  private let copies: TemporaryFolder
  private let report: URL

  init() throws {
    copies = try TemporaryFolder()
    report = copies.url.appendingPathComponent("report")
    try FileManager.default.copyItem(at: goodReport.get().report, to: report)
  }

  /// Returns the findings, after a new manifest has vouched for everything in the folder.
  private func findings(vouched: Bool = true) throws -> [String] {
    if vouched {
      let drawnBy = try Manifest.read(in: report).drawnBy
      // The folder's description is renewed as well, unless it can no longer be read.
      try? Results(of: report).describe()
      try FileManager.default.removeItem(at: RecordsFile.manifest.url(in: report))
      try Manifest.renew(in: report, drawnBy: drawnBy)
    }
    var check = try ReportCheck(report)
    check.run()
    return check.findings.map(\.description)
  }

  private func edit(_ file: RecordsFile, _ change: (inout [String]) -> Void) throws { try edit(file.rawValue, change) }

  private func edit(_ name: String, _ change: (inout [String]) -> Void) throws {
    let url = report.appendingPathComponent(name)
    var lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    change(&lines)
    try lines.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
  }

  @Test(.enabled(if: Program.path != nil)) func tablesOfAChangedFolderAreShownWithAWarning() throws {
    func errors() throws -> String { try Program.run("bench table --csv report", in: copies.url).errors }
    #expect(try errors() == "")
    try edit(.predictions) { $0[1] += "9" }
    #expect(try errors().contains("report is not as its run left it (predictions.csv: expected sha256"))
  }

  @Test func aGoodReportHolds() throws {
    var check = try ReportCheck(report)
    check.run()
    #expect(check.findings == [] && check.notes == [])
    try "Words.".write(to: report.appendingPathComponent("README.md"), atomically: true, encoding: .utf8)
    #expect(try findings(vouched: false) == [])
    try CheckCommand.parse([report.path]).run()
  }

  @Test func oneAlteredDigitOfAnAccuracyIsFound() throws {
    try edit(.runs) { lines in
      let index = lines.firstIndex { $0.contains(",joint,top1,") } ?? 0
      lines[index] = lines[index].replacing(/percent,\d/, with: "percent,9")
    }
    let found = try findings()
    let place = "runs.csv, line 7, top1 of joint in birdlets-quick-s3n-seed0"
    #expect(found.contains { $0.hasPrefix(place) && $0.contains("as predictions.csv counts") }, "\(found)")
    #expect(found.contains { $0.hasPrefix(place) && $0.contains("as epochs.csv leads to") })
    #expect(found.contains { $0.hasPrefix("summary.csv, line 7") })
    #expect(try exitCode { try CheckCommand.parse([report.path]).run() } == 1)
  }

  @Test func anAlteredDigitOfALossIsFoundByTheManifestAlone() throws {
    try edit(.epochs) { $0[2] = $0[2].replacing(/train_loss,nat,\d/, with: "train_loss,nat,9") }
    let found = try findings(vouched: false)
    #expect(found.contains { $0.hasPrefix("epochs.csv: expected sha256 ") }, "\(found)")
  }

  @Test func aRemovedPredictionIsNamed() throws {
    var removed: [String] = []
    try edit(.predictions) { removed = $0.remove(at: 60).components(separatedBy: ",") }
    let found = try findings()
    #expect(
      found.contains(
        "predictions.csv, \(removed[0]), head \(removed[2]): expected a row for \(removed[1]), found no such row"),
      "\(found)")
  }

  @Test func anotherRecipeOfTodayIsNamedByItsKey() throws {
    try change(.recipe, in: report) { recipe in
      var values = recipe["values"] as? [String: Any] ?? [:]
      values["momentum"] = 0.8
      recipe["values"] = values
    }
    let found = try findings()
    #expect(
      found.count == 1 && found[0].hasPrefix("recipe.json, values.momentum: expected 0.9, as command 1 (bench abl"))
  }

  @Test func anotherVersionOfTheDatasetIsFound() throws {
    try change(.recipe, in: report) {
      $0["dataset"] = ["name": "birdlets", "version": "0", "classes": []] as [String: Any]
    }
    let found = try findings()
    #expect(found.contains { $0.hasPrefix("recipe.json, dataset.version: expected \(Birdlets.version), as ") })
    #expect(found.contains { $0.hasPrefix("runs.csv, line 2, dataset version: expected 0, found ") })
  }

  @Test(
    arguments: [FigureFile.Kind.svg, .script, .data].map { FigureFile(FigureFile.accuracy, $0).name }
      + [RecordsFile.summary, .stagesSummary].map(\.rawValue))
  func aChangedFigureOrTableIsFoundByItsLine(_ name: String) throws {
    try edit(name) { $0[1] += " " }
    let found = try findings()
    #expect(found.count == 1 && found[0].hasPrefix("\(name), line 2: expected '"), "\(found)")
  }

  @Test(arguments: [FigureFile.Kind.png, .pdf]) func aChangedPictureIsFound(_ kind: FigureFile.Kind) throws {
    let name = FigureFile(FigureFile.accuracy, kind).name
    let url = report.appendingPathComponent(name)
    try (Data(contentsOf: url) + [0]).write(to: url)
    let found = try findings()
    #expect(found.count == 1 && found[0].hasPrefix("\(name): expected the picture"), "\(found)")
  }

  @Test func picturesOfOtherProgramsAreNotCompared() throws {
    try Data("other ink".utf8).write(to: report.appendingPathComponent("variant-accuracy.png"))
    try FileManager.default.removeItem(at: RecordsFile.manifest.url(in: report))
    let drawnBy = try Manifest.read(in: goodReport.get().report).drawnBy
    try Manifest.renew(in: report, drawnBy: drawnBy.merging(["font": "Times"]) { $1 })
    var check = try ReportCheck(report)
    check.run()
    #expect(check.findings == [])
    #expect(
      check.notes.contains { $0.hasPrefix("variant-accuracy.png was not made again: it was drawn with font Times") })
  }

  @Test func aCommitWithChangesOnTopIsFound() throws {
    try change(.environment, in: report) { $0["commit"] = ["hash": "abc", "dirty": true] as [String: Any] }
    let found = try findings()
    #expect(
      found == ["environment.json, command 1, commit: expected a commit without changes, found changes on top of abc"])
    try change(.environment, in: report) { $0["commit"] = nil }
    #expect(try findings().count == 1)
  }

  @Test func aFactThatStandsTwiceOrNotAtAllIsFound() throws {
    try edit(.runs) { $0.insert($0[1], at: 2) }
    #expect(
      try findings().contains(
        "runs.csv, line 3, top1 of raw in birdlets-quick-baseline-seed0: expected it once, found it again after line 2")
    )
    try edit(.runs) { lines in lines.removeAll { $0.contains("best_epoch") && $0.contains("baseline") } }
    #expect(
      try findings().contains("runs.csv, birdlets-quick-baseline-seed0: expected best_epoch once, found no such row"))
    try edit(.epochs) { $0.insert($0[1], at: 2) }
    #expect(try findings().contains { $0.hasPrefix("epochs.csv, line 3, ") && $0.contains("again after line 2") })
    try edit(.predictions) { $0.insert($0[1], at: 2) }
    #expect(try findings().contains { $0.hasPrefix("predictions.csv, line 3: expected 001.") })
  }

  @Test func aGapInTheEpochsIsFound() throws {
    for file in [RecordsFile.epochs, .fingerprints, .sampling] {
      try edit(file) { lines in lines.removeAll { $0.hasPrefix("birdlets-quick-s3n-seed0,2,") } }
    }
    let found = try findings()
    #expect(found.contains { $0.hasPrefix("epochs.csv, line ") && $0.hasSuffix("expected epoch 2, found epoch 3") })
    #expect(found.contains("fingerprints.csv, line 6, birdlets-quick-s3n-seed0: expected epoch 2, found epoch 3"))
    #expect(found.contains("sampling.csv, line 3, birdlets-quick-s3n-seed0: expected epoch 2, found epoch 3"))
  }

  @Test func filesThatAreMissingOrTooManyAreNamed() throws {
    try FileManager.default.removeItem(at: RecordsFile.summary.url(in: report))
    try Data().write(to: report.appendingPathComponent("notes.txt"))
    let found = try findings(vouched: false)
    #expect(found.contains("summary.csv: expected the file that the manifest names, found none"))
    #expect(found.contains("notes.txt: expected only files that the manifest names, found this one"))
    #expect(try findings().contains("manifest.json, files: expected summary.csv, found no such entry"))
  }

  @Test func commandsThatWouldNotRunOrRunOtherThingsAreFound() throws {
    try change(.environment, in: report) { $0["command_line"] = ["bench", "ablation", "--tortoise"] }
    #expect(try findings().contains { $0.hasPrefix("environment.json, command 1 (bench ablation --tortoise): ") })
    try change(.environment, in: report) { $0["command_line"] = ["bench", "data", "list"] }
    #expect(try findings().contains { $0.contains("it is neither ablation nor train") })
    try change(.environment, in: report) {
      $0["command_line"] = [
        "bench", "train", "--variant", "baseline", "--classes", "1-2", "--size", "32", "--epochs", "3",
      ]
    }
    #expect(
      try findings() == [
        "runs.csv, birdlets-quick-s3n-seed0: expected a run that a command of environment.json asks for, found none does"
      ])
  }

  @Test func runsThatAreStillToComeAreNoFailure() throws {
    try change(.environment, in: report) { record in
      record["command_line"] = (record["command_line"] as? [String] ?? []) + ["--seeds", "3"]
    }
    var check = try ReportCheck(report)
    check.run()
    #expect(check.notes == ["4 of the 6 runs that the commands ask for are not in the report"])
  }

  @Test func aDatasetThatIsNotHereIsSaid() throws {
    let command = "bench ablation --dataset cub --data /nowhere --recipe quick --size 32 --epochs 3 --classes 1-2"
    try change(.environment, in: report) { $0["command_line"] = command.components(separatedBy: " ") }
    let today = try RecipeToday(of: report)
    #expect(today.notes.contains("the files of cub are not on this machine: their version was not compared"))
    #expect(!today.findings.contains { $0.place.hasPrefix("dataset.version") })
    #expect(today.findings.contains { $0.place == "dataset.name" })
  }

  @Test func whatIsNoReportHasItsOwnCode() throws {
    let error = #expect(throws: RecordsError.self) { try CheckCommand.parse([copies.url.path]).run() }
    #expect(error.flatMap { ExitCode(for: $0) } == .data)
    #expect(error == .noReport(path: copies.url.path))
  }
}
