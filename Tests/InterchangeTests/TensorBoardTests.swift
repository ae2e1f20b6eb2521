import EventFiles
import Foundation
import Records
import TestSupport
import Testing

@testable import Interchange

@Suite struct TensorBoardTests {
  private let home: TemporaryFolder
  private var folder: URL { home.url }
  private var run: URL { folder.appendingPathComponent("my-run", isDirectory: true) }
  private var files: TensorBoardFiles { TensorBoardFiles(of: run, in: folder.path + "/board") }
  private let date = "2026-01-02T03:04:05Z"

  init() throws {
    home = try TemporaryFolder()
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    var environment = RunEnvironment(instructionSet: "avx2", threads: 1, libraries: [:])
    environment.date = date
    try JSONEncoder().encode(["commands": [environment]]).write(to: RecordsFile.environment.url(in: run))
  }

  private func record(epochs: Int, of runs: String...) throws {
    let rows = runs.flatMap { run in
      (1...epochs).flatMap { epoch in
        [
          EpochRow(runID: run, epoch: epoch, metric: Metric.learningRate, unit: "1", value: 0.5),
          EpochRow(runID: run, epoch: epoch, metric: Metric.testLoss, unit: "nat", value: nil),
          EpochRow(
            runID: run, epoch: epoch, head: Head.joint, metric: Metric.top1, unit: "percent", value: Double(epoch)),
        ]
      }
    }
    try CSVTable.write(rows, to: RecordsFile.epochs.url(in: run))
  }

  /// Returns the expected contents of a run's file.
  private func expected(epochs: Int) throws -> Data {
    var log = EventLog(wallTime: try Date(date, strategy: .iso8601).timeIntervalSince1970)
    for epoch in 1...epochs { log.add(step: epoch, [("learning_rate", 0.5), ("top1/joint", Double(epoch))]) }
    return Data(log.bytes)
  }

  private func found(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: files.file(name))) }

  @Test func everyRunHasItsNumbersByEpoch() throws {
    try record(epochs: 3, of: "s3n-seed0", "baseline-seed0")
    try files.writeAll()
    for run in ["s3n-seed0", "baseline-seed0"] { #expect(try found(run) == expected(epochs: 3)) }
  }

  @Test(arguments: ["../../away", "a/b", "", ".hidden"]) func nothingIsWrittenElsewhere(name: String) throws {
    try record(epochs: 1, of: "s3n-seed0", name)
    #expect { try files.writeNumbers() } throws: { "\($0)".contains("is not a name for a run") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["board", "my-run"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/board/my-run") == ["s3n-seed0"])
  }

  @Test func epochsThatAreLostAndTrainedAgainAreThereOnce() throws {
    for epochs in [2, 3, 1, 2, 4] {
      try record(epochs: epochs, of: "s3n-seed0")
      try files.writeNumbers()
      #expect(try found("s3n-seed0") == expected(epochs: epochs))
    }
  }

  @Test func theFoldersPicturesAndThoseOfFoldersInItAreShown() throws {
    try record(epochs: 1, of: "s3n-seed0")
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [
        0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0,
      ]
    try FileManager.default.createDirectory(
      at: run.appendingPathComponent("explained"), withIntermediateDirectories: true)
    for name in ["chart.png", "explained/sheet.png"] { try Data(png).write(to: run.appendingPathComponent(name)) }
    try Data("no picture".utf8).write(to: run.appendingPathComponent("zzz.png"))
    try files.writeAll()
    var log = EventLog(wallTime: try Date(date, strategy: .iso8601).timeIntervalSince1970)
    log.add(step: 0, tag: "chart", png: png)
    log.add(step: 0, tag: "explained/sheet", png: png)
    #expect(try found("pictures") == Data(log.bytes))
  }

  @Test func filesOfOtherRunsAreInTheWayBeforeTheFirstStep() throws {
    try record(epochs: 1, of: "s3n-seed0")
    try files.writeAll()
    try files.require(runs: ["s3n-seed0", "baseline-seed0"])
    let mine = EventFileError.otherRuns(path: files.file("s3n-seed0"))
    // A new folder of the same name starts at another time.
    try FileManager.default.removeItem(at: RecordsFile.environment.url(in: run))
    #expect(throws: mine) { try files.require(runs: ["s3n-seed0"]) }
    try Data().write(to: folder.appendingPathComponent("file"))
    #expect(throws: EventFileError.self) {
      try TensorBoardFiles(of: run, in: folder.path + "/file").require(runs: [])
    }
  }
}
