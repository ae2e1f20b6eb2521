import Files
import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct ReportTests {
  private let folder: TemporaryFolder
  private var source: URL { folder.url.appendingPathComponent("run") }
  private var report: URL { folder.url.appendingPathComponent("reports/one") }

  init() throws { folder = try TemporaryFolder() }

  /// Creates an output folder with the finished run "one" and rows of an unfinished run.
  @discardableResult
  private func makeSource(stages: Int = 3) throws -> RunStore {
    let recipe = ResolvedRecipe(
      dataset: .init(name: "birdlets", version: "2", classes: ["wren", "crow"]), recipe: "quick", recipeVersion: 1,
      overrides: [:], initialWeights: nil, values: ["batch": .number(8)])
    let store = try RunStore(at: source, key: recipe.table)
    try store.record(recipe)
    try store.record(RunEnvironment(instructionSet: "avx2", threads: 2, libraries: [:]))
    for (run, isFinished) in [("one", true), ("two", false)] {
      try store.append([EpochRow(runID: run, epoch: 1, metric: Metric.trainLoss, unit: "nat", value: 1)])
      try store.append([FingerprintRow(runID: run, epoch: 1, weightsSHA256: "00")])
      try store.append(
        (0..<stages).map { StageRow(runID: run, phase: "train", step: $0, stage: "step", durationNanoseconds: 5) })
      guard isFinished else { continue }
      try store.append([
        PredictionRow(
          runID: run, image: "a.jpg", head: "joint", label: "wren", predicted: "wren", probability: 0.5,
          labelProbability: 0.5, labelRank: 1)
      ])
      try store.append([
        RunRow(
          runID: run, table: recipe.table, variant: "s3n", seed: 0, metric: Metric.trainLoss, unit: "nat", value: 1)
      ])
    }
    return store
  }

  private func publish() throws {
    try Report.publish(source, to: report) { try Manifest.renew(in: $0, drawnBy: ["gnuplot": "6"]) }
  }

  @Test func whatIsFinishedIsPublishedWhileAnotherRunGoesOn() throws {
    let store = try makeSource()
    try folder.write("tensor,outcome\n", to: "run/weights-s3n.csv")
    try publish()
    let epochs: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: report))
    #expect(epochs.map(\.runID) == ["one"])
    #expect(
      try visibleNames(in: report) == [
        "environment.json", "epochs.csv", "fingerprints.csv", "manifest.json", "memory.csv", "predictions.csv",
        "recipe.json", "runs.csv", "sampling.csv", "stages-summary.csv", "stages.csv", "weights-s3n.csv",
      ])
    let summaries: [StageSummaryRow] = try CSVTable.read(from: RecordsFile.stagesSummary.url(in: report))
    #expect(summaries.map(\.summary.count) == [3])
    let manifest = try Manifest.read(in: report)
    #expect(manifest.schema == Manifest.currentSchema && manifest.files.count == 11)
    #expect(try manifest.files["runs.csv"] == checksum(of: RecordsFile.runs.url(in: report)))
    #expect(manifest.commands.map(\.first) == ["bench"] && manifest.drawnBy == ["gnuplot": "6"])
    // The source is unchanged.
    try store.append([EpochRow(runID: "two", epoch: 2, metric: Metric.trainLoss, unit: "nat", value: 1)])
    let rows: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: source))
    #expect(rows.map(\.runID) == ["one", "two", "two"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: report.deletingLastPathComponent().path) == ["one"])
  }

  @Test func longStagesGiveWayToTheirSummary() throws {
    try makeSource(stages: Report.longestStages / 20)
    try publish()
    #expect(access(RecordsFile.stages.url(in: report).path, F_OK) != 0)
    let summaries: [StageSummaryRow] = try CSVTable.read(from: RecordsFile.stagesSummary.url(in: report))
    #expect(summaries.map(\.summary.count) == [Report.longestStages / 20])
    #expect(try Manifest.read(in: report).files["stages.csv"] == nil)
  }

  @Test func aReportOfAReportKeepsTheSummary() throws {
    try makeSource(stages: Report.longestStages / 20)
    try publish()
    let again = folder.url.appendingPathComponent("reports/two")
    try Report.publish(report, to: again) { try Manifest.renew(in: $0, drawnBy: nil) }
    #expect(try visibleNames(in: again) == visibleNames(in: report))
    let summary = RecordsFile.stagesSummary.rawValue
    #expect(try folder.text(of: "reports/two/" + summary) == folder.text(of: "reports/one/" + summary))
  }

  @Test func anOlderReportIsReplacedButForItsWords() throws {
    try makeSource()
    try publish()
    try folder.write("old", to: "reports/one/weights-old.csv")
    try folder.write("What it means.", to: "reports/one/README.md")
    try publish()
    let names = try visibleNames(in: report)
    #expect(!names.contains("weights-old.csv") && names.contains("README.md"))
    #expect(try folder.text(of: "reports/one/README.md") == "What it means.")
  }

  @Test func runsThatTheSourceLacksAreNotReplaced() throws {
    let store = try makeSource()
    try publish()
    let row = try #require(try store.runRows().first)
    var other = row
    other.runID = "three"
    try CSVTable.write([row, other], to: RecordsFile.runs.url(in: report))
    #expect(throws: RecordsError.lostRuns(path: report.path, runs: ["three"])) { try publish() }
    let kept: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: report))
    #expect(kept == [row, other])
    // Nor a folder that a run writes to.
    try CSVTable.write([row], to: RecordsFile.runs.url(in: report))
    let lock = try FolderLock(report)
    #expect(throws: RecordsError.inUse(path: report.path)) { try publish() }
    withExtendedLifetime(lock) {}
  }

  @Test func whatWasMeasuredOfTheSameModelsStays() throws {
    let store = try makeSource()
    try publish()
    let (measured, tampered) = ("reports/one/localisation.csv", "reports/one/interventions.csv")
    try CSVTable.write(
      [LocalisationRow(run: "one", dataset: "birdlets", variant: "s3n", seed: 0)],
      to: folder.url.appendingPathComponent(measured))
    try folder.write("rows\n", to: tampered)
    try Manifest.renew(in: report, drawnBy: nil)
    try folder.write("other rows\n", to: tampered)
    try publish()
    #expect(try folder.text(of: measured).hasPrefix("run,"))
    #expect(try Manifest.read(in: report).findings(in: report).filter { $0.file == "localisation.csv" } == [])
    #expect(try !visibleNames(in: report).contains("interventions.csv"), "nobody vouches for it")
    // Another run beside it does not concern that model.
    let row = try #require(try store.runRows().first)
    var other = row
    other.runID = "another"
    try store.append([EpochRow(runID: "another", epoch: 1, metric: Metric.trainLoss, unit: "nat", value: 1)])
    try store.append([FingerprintRow(runID: "another", epoch: 1, weightsSHA256: "02")])
    try store.append([
      PredictionRow(
        runID: "another", image: "a.jpg", head: "joint", label: "wren", predicted: "wren", probability: 0.5,
        labelProbability: 0.5, labelRank: 1)
    ])
    try store.append([other])
    try publish()
    #expect(try folder.text(of: measured).contains("\none,"))
    try store.append([FingerprintRow(runID: "one", epoch: 2, weightsSHA256: "01")])
    try publish()
    #expect(try !visibleNames(in: report).contains("localisation.csv"), "they are other models")
  }

  @Test func whatWasChangedOrCannotBeReadIsNotVouchedFor() throws {
    try makeSource()
    try publish()
    let again = folder.url.appendingPathComponent("again")
    func expectRefused(_ words: String) {
      #expect { try Report.publish(report, to: again) { _ in } } throws: { "\($0)".contains(words) }
      #expect(!FileManager.default.fileExists(atPath: again.path))
    }
    let epochs = try folder.text(of: "reports/one/epochs.csv")
    try folder.write(epochs.replacing(",1,", with: ",2,"), to: "reports/one/epochs.csv")
    expectRefused("does not match its manifest.json: epochs.csv")
    try folder.write(epochs, to: "reports/one/epochs.csv")
    try folder.write("run,dataset\n", to: "reports/one/localisation.csv")
    expectRefused("localisation.csv")
  }

  @Test func aLinkStaysAndWhatItLeadsToIsReplaced() throws {
    _ = try makeSource()
    let files = FileManager.default
    for name in ["reports", "elsewhere"] {
      try files.createDirectory(at: folder.url.appendingPathComponent(name), withIntermediateDirectories: false)
    }
    let second = folder.url.appendingPathComponent("second", isDirectory: true)
    let links = [(report, "../elsewhere/kept"), (second, "reports/one")]
    for (link, place) in links { try files.createSymbolicLink(atPath: link.path, withDestinationPath: place) }
    for target in [report, second] {
      try Report.publish(source, to: target) { try Manifest.renew(in: $0, drawnBy: [:]) }
      for (link, place) in links { #expect(try files.destinationOfSymbolicLink(atPath: link.path) == place) }
    }
    #expect(try visibleNames(in: folder.url.appendingPathComponent("elsewhere/kept")).contains("runs.csv"))
  }

  @Test func whatAKilledProcessLeftIsNoPartOfAReport() throws {
    try makeSource()
    let name = "reports/.one.\(getpid()).new"
    try makeFolder(folder.url.appendingPathComponent(name).path, failingAs: RecordsError.self)
    try folder.write("old", to: name + "/weights-old.csv")
    try publish()
    #expect(try !visibleNames(in: report).contains("weights-old.csv"))
  }

  @Test func aFailureLeavesTheOlderReport() throws {
    try makeSource()
    try publish()
    let before = try folder.text(of: "reports/one/manifest.json")
    struct NoInk: Error {}
    #expect(throws: NoInk.self) { try Report.publish(source, to: report) { _ in throw NoInk() } }
    #expect(try folder.text(of: "reports/one/manifest.json") == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: report.deletingLastPathComponent().path) == ["one"])
  }

  @Test func otherThingsAreNotReplaced() throws {
    try makeSource()
    try publish()
    try folder.write("", to: "reports/one/thesis.tex")
    #expect(throws: RecordsError.foreignReport(path: report.path, found: ["thesis.tex"])) { try publish() }
    // Hidden files may matter to somebody too, such as a history.
    try FileManager.default.createDirectory(
      at: report.appendingPathComponent(".git"), withIntermediateDirectories: false)
    #expect(throws: RecordsError.foreignReport(path: report.path, found: [".git", "thesis.tex"])) { try publish() }
    try FileManager.default.removeItem(at: report.appendingPathComponent(".git"))
    #expect { try Report.publish(source, to: source) { _ in } } throws: {
      "\($0)".contains("it is the folder to publish")
    }
    #expect(throws: RecordsError.noOutputFolder(path: folder.url.path)) {
      try Report.publish(folder.url, to: report) { _ in }
    }
    // Nor are rows that were removed from damaged files, although the folder is valid with them.
    try folder.write("two\n", to: "reports/one/runs.csv.removed-1")
    #expect(try Manifest.read(in: report).findings(in: report).allSatisfy { !$0.file.contains("removed") })
    #expect(throws: RecordsError.foreignReport(path: report.path, found: ["runs.csv.removed-1", "thesis.tex"])) {
      try publish()
    }
    let inside = source.appendingPathComponent("report", isDirectory: true)
    #expect(throws: RecordsError.within(path: inside.path, source: source.path)) {
      try Report.publish(source, to: inside) { _ in }
    }
    let divided = folder.url.appendingPathComponent("divided", isDirectory: true)
    try FileManager.default.createDirectory(at: divided, withIntermediateDirectories: true)
    try folder.write("{}", to: "divided/cells.json")
    #expect(throws: RecordsError.dividedFolder(path: divided.path)) { try Report.publish(divided, to: report) { _ in } }
  }

  @Test func drawingUpAgainDoesNotVouchForChangedRows() throws {
    try makeSource()
    try publish()
    let before = try Manifest.read(in: report)
    try folder.write(folder.text(of: "reports/one/runs.csv").replacing("one", with: "six"), to: "reports/one/runs.csv")
    try folder.write("x\n", to: "reports/one/summary.csv")
    try Manifest.renew(in: report, drawnBy: nil)
    let after = try Manifest.read(in: report)
    #expect(after.files["runs.csv"] == before.files["runs.csv"] && after.drawnBy == before.drawnBy)
    #expect(after.files["summary.csv"] != nil)
  }

  @Test func aFolderOfALaterVersionIsRefusedAndLeftAsItIs() throws {
    try makeSource()
    try publish()
    let later = try folder.text(of: "reports/one/manifest.json").replacing("\"schema\" : 2", with: "\"schema\" : 3")
    try folder.write(later, to: "reports/one/manifest.json")
    let path = RecordsFile.manifest.url(in: report).path
    for read in [{ _ = try Manifest.read(in: $0) }, { try Manifest.renew(in: $0, drawnBy: nil) }]
      as [(URL) throws -> Void]
    {
      #expect(throws: RecordsError.newerSchema(file: path, found: 3, known: 2)) { try read(report) }
    }
    #expect(try folder.text(of: "reports/one/manifest.json") == later)
    try folder.write("no JSON", to: "reports/one/manifest.json")
    try Manifest.requireKnownSchema(in: report)
  }

  @Test func goingOnTakesTheManifestAway() throws {
    let store = try makeSource()
    try Manifest.renew(in: source, drawnBy: nil)
    try store.record(RunEnvironment(instructionSet: "avx2", threads: 2, libraries: [:]))
    #expect(access(RecordsFile.manifest.url(in: source).path, F_OK) != 0)
  }
}
