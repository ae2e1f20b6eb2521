import Foundation
import Records
import TestSupport
import Testing

@testable import bench

/// Output folders with one run each, as different machines might make them, merged into one.
@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct MergeTests {
  private let copy: TemporaryFolder
  private var merged: URL { copy.url.appendingPathComponent("of them all/merged") }

  init() throws {
    copy = try TemporaryFolder()
    let cells = try aloneAndDivided.get().url.appendingPathComponent("divided/cells")
    for name in try FileManager.default.contentsOfDirectory(atPath: cells.path) {
      try FileManager.default.copyItem(at: cells.appendingPathComponent(name), to: part(name))
    }
  }

  private func part(_ name: String) -> URL { copy.url.appendingPathComponent(name, isDirectory: true) }

  @discardableResult
  private func merge(_ names: String...) throws -> Int {
    try MergedRuns(of: names.map(part)).write(to: merged) { try Results(of: $0).summarize() }.runs
  }

  private func expectUnmergeable(_ names: String..., because words: String) {
    #expect { try MergedRuns(of: names.map(part)) } throws: { error in
      guard case RecordsError.unmergeable(part(names[names.count - 1]).path, let reason) = error else { return false }
      return reason.contains(words)
    }
  }

  private func alter(_ file: RecordsFile, of name: String, _ change: (inout [String]) -> Void) throws {
    let url = file.url(in: part(name))
    var lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
    change(&lines)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
    // The test stands in for the folder's maker, who vouches for its contents.
    try? FileManager.default.removeItem(at: RecordsFile.manifest.url(in: part(name)))
  }

  @Test func whatIsMergedIsWhatOneProcessWrites() throws {
    var alone = try contentsApartFromTimes(of: aloneAndDivided.get().url.appendingPathComponent("alone"))
    // A merged folder has no config.yml, because no single command makes it.
    alone["config.yml"] = nil
    let result = try Program.run(
      "unset PATH; bench merge baseline-seed1 s3n-seed0 baseline-seed0 s3n-seed1 --out 'of them all/merged'",
      in: copy.url)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try differences(contentsApartFromTimes(of: merged), alone) == [])
    var check = try ReportCheck(merged)
    check.run()
    #expect(check.findings.filter { !$0.place.contains("commit") && !$0.file.hasPrefix("differences") } == [])
  }

  @Test func ofNamedVariantsTheRunsAloneAreTaken() throws {
    let first = try MergedRuns(of: [part("s3n-seed0"), part("baseline-seed0")], variants: ["s3n"])
    #expect(try first.write(to: merged) { try Results(of: $0).summarize() } == (runs: 1, folders: 1))
    let names = try FileManager.default.contentsOfDirectory(atPath: merged.path)
    #expect(names.contains("weights-s3n.csv") && !names.contains("weights-baseline.csv"))
    // Commands that made none of the runs are not listed.
    #expect(try EnvironmentFile.read(from: RecordsFile.environment.url(in: merged)).commands.count == 1)
    #expect { try MergedRuns(of: [part("s3n-seed0")], variants: ["s3n", "identty"]) } throws: {
      "\($0)".contains("no run of identty is finished there; those that are: s3n")
    }
    #expect { try MergedRuns(of: [part("s3n-seed0")], variants: ["identity"]) } throws: {
      "\($0)".contains("no run of identity is finished there; those that are: s3n")
    }
  }

  @Test func aFolderThatIsNamedTwiceIsTakenOnce() throws {
    try merge("s3n-seed0", "./s3n-seed0", "s3n-seed0")
    let environment = try EnvironmentFile.read(from: RecordsFile.environment.url(in: merged))
    #expect(environment.commands.count == 1)
  }

  @Test func theSummaryOfSamplesThatAReportLeftOutIsTaken() throws {
    try Results(of: part("s3n-seed0")).summarize()
    let before: [StageSummaryRow] = try CSVTable.read(from: RecordsFile.stagesSummary.url(in: part("s3n-seed0")))
    try FileManager.default.removeItem(at: RecordsFile.stages.url(in: part("s3n-seed0")))
    try? FileManager.default.removeItem(at: RecordsFile.manifest.url(in: part("s3n-seed0")))
    try merge("baseline-seed0", "s3n-seed0")
    let rows: [StageSummaryRow] = try CSVTable.read(from: RecordsFile.stagesSummary.url(in: merged))
    #expect(rows.map(\.runID).unique() == ["birdlets-quick-baseline-seed0", "birdlets-quick-s3n-seed0"])
    #expect(!before.isEmpty && rows.filter { $0.runID.contains("s3n") } == before)
  }

  @Test func whatAnotherProcessHasMergedMeanwhileStays() throws {
    let first = try MergedRuns(of: [part("s3n-seed0")])
    let kept = merged.appendingPathComponent("runs.csv")
    #expect {
      try first.write(to: merged) { _ in
        try FileManager.default.createDirectory(at: merged, withIntermediateDirectories: true)
        try Data("theirs".utf8).write(to: kept)
      }
    } throws: {
      guard case RecordsError.occupied(_, found: ["runs.csv"]) = $0 else { return false }
      return true
    }
    #expect(try String(contentsOf: kept, encoding: .utf8) == "theirs")
  }

  @Test func aRunThatTwoHaveIsTakenOnce() throws {
    #expect(try merge("baseline-seed0", "s3n-seed0", "baseline-seed0") == 2)
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: merged))
    #expect(runs.map(\.runID).unique() == ["birdlets-quick-baseline-seed0", "birdlets-quick-s3n-seed0"])
  }

  @Test func anotherRunOfTheSameNameIsRefused() throws {
    try FileManager.default.copyItem(at: part("s3n-seed0"), to: part("other"))
    try alter(.fingerprints, of: "other") { $0[2] = $0[2].dropLast() + ($0[2].last == "0" ? "1" : "0") }
    expectUnmergeable("s3n-seed0", "other", because: "with other weights after epoch 2: leave")
    expectUnmergeable("baseline-seed0", "other", "s3n-seed0", because: "s3n-seed0 is also in \(part("other").path),")
  }

  @Test func otherRecipesAndDamagedFoldersAreRefused() throws {
    try change(.recipe, in: part("s3n-seed0")) { $0["recipe_version"] = 99 }
    expectUnmergeable("baseline-seed0", "s3n-seed0", because: "recipe")
    try alter(.predictions, of: "baseline-seed1") { $0.remove(at: 3) }
    expectUnmergeable("baseline-seed0", "baseline-seed1", because: "predictions.csv")
    let row = try String(contentsOf: RecordsFile.epochs.url(in: part("baseline-seed0")), encoding: .utf8)
    try Data((row + "x").utf8).write(to: RecordsFile.epochs.url(in: part("baseline-seed0")))
    #expect(throws: RecordsError.self) { try MergedRuns(of: [part("baseline-seed0")]) }
  }

  @Test func whatARunUnderWayLeftStaysBehind() throws {
    try alter(.epochs, of: "s3n-seed1") { lines in
      lines += lines.dropFirst().prefix(3).map { $0.replacing("seed1", with: "seed2") }
    }
    #expect(try merge("baseline-seed0", "s3n-seed1") == 2)
    let text = try String(contentsOf: RecordsFile.epochs.url(in: merged), encoding: .utf8)
    #expect(text.contains("s3n-seed1") && !text.contains("seed2"))
  }

  @Test func placesThatAreNoneAreRefusedAndNothingIsWritten() throws {
    try merge("baseline-seed0")
    #expect {
      try merge("s3n-seed0")
    } throws: {
      guard case RecordsError.occupied(merged.path, let found) = $0 else { return false }
      return found.contains("runs.csv")
    }
    let divided = try aloneAndDivided.get().url.appendingPathComponent("divided")
    #expect(throws: RecordsError.dividedFolder(path: divided.path)) { try MergedRuns(of: [divided]) }
    #expect(throws: RecordsError.noOutputFolder(path: copy.url.path)) { try MergedRuns(of: [copy.url]) }
    try alter(.runs, of: "baseline-seed1") { $0.removeSubrange(1...) }
    expectUnmergeable("baseline-seed1", because: "no run is finished")
    let inside = part("s3n-seed0").appendingPathComponent("merged", isDirectory: true)
    #expect(throws: RecordsError.within(path: inside.path, source: part("s3n-seed0").path)) {
      _ = try MergedRuns(of: [part("s3n-seed0")]).write(to: inside) { _ in }
    }
    try FileManager.default.removeItem(at: merged)
    #expect(throws: CancellationError.self) {
      _ = try MergedRuns(of: [part("s3n-seed0")]).write(to: merged) { _ in throw CancellationError() }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: merged.deletingLastPathComponent().path) == [])
  }
}
