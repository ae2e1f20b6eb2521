import Files
import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct RunStoreTests {
  private let folder: TemporaryFolder
  private let key = RecordsTests.key(overrides: "epochs=2")

  init() throws { folder = try TemporaryFolder() }

  private func run(_ id: String, seed: UInt64 = 0, head: String = "joint") -> RunRow {
    RunRow(
      runID: id, table: key, variant: "s3n", seed: seed, head: head, metric: Metric.top1, unit: Metric.percent,
      value: 50, n: 10)
  }

  private func prediction(_ id: String, image: String = "a.jpg") -> PredictionRow {
    PredictionRow(
      runID: id, image: image, head: "joint", label: "wren", predicted: "robin", probability: 0.5,
      labelProbability: 0.25, labelRank: 2)
  }

  private func fill(_ store: RunStore, run id: String, finishing: Bool = true) throws {
    try store.append([
      EpochRow(runID: id, epoch: 1, head: "joint", metric: Metric.top1, unit: Metric.percent, value: 40, n: 10),
      EpochRow(runID: id, epoch: 1, metric: Metric.trainLoss, unit: "nats", value: 1.25),
    ])
    try store.append([StageRow(runID: id, phase: "train", step: 0, stage: "grid", durationNanoseconds: 12)])
    try store.append([prediction(id)])
    try store.append([FingerprintRow(runID: id, epoch: 1, weightsSHA256: "00")])
    if finishing { try store.append([run(id), run(id, head: "raw")]) }
  }

  @Test func aNewFolderIsMadeAndWhatIsAppendedIsThere() throws {
    let deep = folder.url.appendingPathComponent("a/b")
    let store = try RunStore(at: deep, key: key)
    try fill(store, run: "one")
    #expect(try store.runRows() == [run("one"), run("one", head: "raw")])
    let stages: [StageRow] = try CSVTable.read(from: RecordsFile.stages.url(in: deep))
    #expect(stages.map(\.durationNanoseconds) == [12])
    #expect(store.finishedRunIDs == ["one"])
  }

  @Test func anOldFolderIsGoneOnWith() throws {
    try fill(RunStore(at: folder.url, key: key), run: "one")
    let again = try RunStore(at: folder.url, key: key)
    #expect(again.finishedRunIDs == ["one"])
    try fill(again, run: "two")
    #expect(try again.runRows().map(\.runID) == ["one", "one", "two", "two"])
    #expect(throws: RecordsError.duplicateRun(path: folder.url.path, runID: "one")) { try again.append([run("one")]) }
  }

  @Test(arguments: [RecordsFile.epochs, .predictions, .fingerprints])
  func aLogThatLostAFinishedRunIsNotWrittenTo(file: RecordsFile) throws {
    do {
      let store = try RunStore(at: folder.url, key: key)
      try fill(store, run: "one")
      try fill(store, run: "two")
    }
    let url = file.url(in: folder.url)
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let cut = lines.filter { !$0.hasPrefix("two,") }.joined(separator: "\n")
    try Data(cut.utf8).write(to: url)
    #expect(throws: RecordsError.lacksRun(file: url.path, runID: "two")) { try RunStore(at: folder.url, key: key) }
    #expect(try Data(contentsOf: url) == Data(cut.utf8))
  }

  @Test func whatAnInterruptedRunLeftIsRemoved() throws {
    do {
      let store = try RunStore(at: folder.url, key: key)
      try fill(store, run: "done")
      try fill(store, run: "broken", finishing: false)
    }
    let epochsBefore: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder.url))
    #expect(epochsBefore.map(\.runID) == ["done", "done", "broken", "broken"])
    _ = try RunStore(at: folder.url, key: key)
    let epochs: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder.url))
    let predictions: [PredictionRow] = try CSVTable.read(from: RecordsFile.predictions.url(in: folder.url))
    #expect(epochs.map(\.runID) == ["done", "done"])
    let fingerprints: [FingerprintRow] = try CSVTable.read(from: RecordsFile.fingerprints.url(in: folder.url))
    #expect(predictions.map(\.runID) == ["done"])
    #expect(fingerprints.map(\.runID) == ["done"])
  }

  @Test func aLastLineThatIsNoRowIsCutOffWhereverItEnds() throws {
    try fill(RunStore(at: folder.url, key: key), run: "one")
    let whole = try folder.text(of: "epochs.csv")
    let line = "one,1,joint,top1,percent,42.5,10"
    for length in 1...line.utf8.count {
      try folder.write(whole + line.prefix(length), to: "epochs.csv")
      let store = try RunStore(at: folder.url, key: key)
      try store.append([EpochRow(runID: "two", epoch: 1, metric: "x", unit: "1", value: nil)])
      let kept = length < "one,1,joint,top1,percent,42.5,".utf8.count ? "" : line.prefix(length) + "\n"
      #expect(try folder.text(of: "epochs.csv") == whole + kept + "two,1,,x,1,,\n")
      #expect(store.leftovers?.copies.count == (kept.isEmpty ? 1 : nil))
    }
  }

  private let names = ["runs.csv", "epochs.csv", "stages.csv", "predictions.csv", "fingerprints.csv"]

  /// Returns the files, by name, of a folder with the finished runs "one" and "two".
  private func twoRuns() throws -> [String: String] {
    let store = try RunStore(at: folder.url, key: key)
    try fill(store, run: "one")
    try fill(store, run: "two")
    return Dictionary(uniqueKeysWithValues: try names.map { ($0, try folder.text(of: $0)) })
  }

  @Test func aLastLineWithoutItsBreakIsWhole() throws {
    let whole = try twoRuns()
    for name in names {
      try folder.write(String(try folder.text(of: name).dropLast()), to: name)
      let store = try RunStore(at: folder.url, key: key)
      #expect(store.finishedRunIDs == ["one", "two"] && store.leftovers == nil)
      try fill(store, run: "three")
      for name in names {
        #expect(try folder.text(of: name).hasPrefix(whole[name] ?? ""))
        try folder.write(whole[name] ?? "", to: name)
      }
    }
    #expect(try folder.contents().sorted() == (names + ["memory.csv", "sampling.csv"]).sorted())
  }

  @Test(arguments: 2..<20) func aRunWhoseRowsWereCutShortIsTakenOutWithACopy(length: Int) throws {
    let whole = try twoRuns()
    try folder.write(String(whole["runs.csv"]?.dropLast(length) ?? ""), to: "runs.csv")
    let store = try RunStore(at: folder.url, key: key)
    #expect(store.finishedRunIDs == ["one"])
    #expect(store.leftovers?.runs == ["two"] && store.leftovers?.description.contains("runs.csv.removed-1") == true)
    for name in names {
      let lines = (whole[name] ?? "").split(separator: "\n")
      let (header, removed) = (lines[0], lines.filter { $0.hasPrefix("two,") }.joined(separator: "\n") + "\n")
      let copy = name == "runs.csv" ? String(removed.dropLast(length)) : removed
      #expect(try folder.text(of: name + ".removed-1") == header + "\n" + copy)
      #expect(try folder.text(of: name) == lines.filter { !$0.hasPrefix("two,") }.joined(separator: "\n") + "\n")
    }
  }

  @Test func copiesAreNotWrittenOver() throws {
    let whole = try twoRuns()
    for number in 1...3 {
      try folder.write((whole["runs.csv"] ?? "") + "three,birdl", to: "runs.csv")
      #expect(try RunStore(at: folder.url, key: key).finishedRunIDs == ["one", "two"])
      #expect(try folder.text(of: "runs.csv") == whole["runs.csv"])
      #expect(try folder.text(of: "runs.csv.removed-\(number)").hasSuffix("status\nthree,birdl"))
    }
  }

  @Test func rowsOfARunThatIsMissingFromRunsAreCopied() throws {
    let whole = try twoRuns()
    let lines = (whole["runs.csv"] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    try folder.write(lines.filter { !$0.hasPrefix("two,") }.joined(separator: "\n"), to: "runs.csv")
    let store = try RunStore(at: folder.url, key: key)
    #expect(store.finishedRunIDs == ["one"] && store.leftovers?.copies.count == 4)
    #expect(try folder.text(of: "epochs.csv.removed-1").contains("two,"))
  }

  @Test func aRunThatWasUnderWayIsDroppedWithAWord() throws {
    let whole = try twoRuns()
    do {
      let store = try RunStore(at: folder.url, key: key)
      try store.append([EpochRow(runID: "three", epoch: 0, metric: "x", unit: "1", value: nil)])
      try store.append([StageRow(runID: "three", phase: "train", step: 0, stage: "grid", durationNanoseconds: 12)])
    }
    // What a crash may leave: part of a row, and zeros in place of data.
    try folder.write(try folder.text(of: "stages.csv") + "three,tra\0\0\0", to: "stages.csv")
    let store = try RunStore(at: folder.url, key: key)
    #expect(store.leftovers?.runs == ["three"] && store.leftovers?.copies == [])
    for name in names { #expect(try folder.text(of: name) == whole[name]) }
    #expect(try folder.contents().sorted() == (names + ["memory.csv", "sampling.csv"]).sorted())
  }

  @Test func whatASpreadsheetSavedIsGoneOnWith() throws {
    let whole = try twoRuns()
    for name in names {
      let saved = "\u{FEFF}" + (whole[name] ?? "").replacing("\n", with: "\r\n").replacing("one", with: "\"one\"")
      try folder.write(saved, to: name)
    }
    let store = try RunStore(at: folder.url, key: key)
    #expect(store.finishedRunIDs == ["one", "two"] && store.leftovers == nil)
    try fill(store, run: "three")
    for name in names { #expect(try folder.text(of: name).hasPrefix(whole[name] ?? "")) }
  }

  @Test(arguments: ["\n", "\n\n \n", "\r\n", "\u{1A}", "\0\0\0"]) func blanksAtTheEndAreNoRows(blanks: String) throws {
    let whole = try twoRuns()
    for name in names { try folder.write((whole[name] ?? "") + blanks, to: name) }
    let store = try RunStore(at: folder.url, key: key)
    #expect(store.finishedRunIDs == ["one", "two"] && store.leftovers == nil)
    try fill(store, run: "three")
    for name in names { #expect(try folder.text(of: name).hasPrefix((whole[name] ?? "") + "three,")) }
  }

  @Test func aRunIsThereWithAllItsRowsOrNotAtAll() throws {
    let whole = try twoRuns()
    for call in Fault.Call.allCases {
      for number in 1...3 {
        let store = try RunStore(at: folder.url, key: key)
        let fault = try #require(Fault("\(call.rawValue):\(number):ENOSPC"))
        let error = Fault.$current.withValue(fault) { () -> (any Error)? in
          do { try store.append([run("three"), run("three", head: "raw")]) } catch { return error }
          return nil
        }
        let text = try folder.text(of: "runs.csv")
        #expect(error == nil ? text != whole["runs.csv"] : text == whole["runs.csv"] || call == .fsync)
        if let error { #expect("\(error)".contains("no space left on device")) }
        try folder.write(whole["runs.csv"] ?? "", to: "runs.csv")
      }
    }
  }

  @Test(arguments: [
    (\TableKey.dataset as WritableKeyPath<TableKey, String> & Sendable, "dataset", "birdlets", "cub"),
    (\.datasetVersion, "dataset version", "2", "3"), (\.recipe, "recipe", "quick", "paper"),
    (\.overrides, "overrides", "epochs=2", ""),
  ])
  func anotherTableIsRefused(
    property: WritableKeyPath<TableKey, String> & Sendable, what: String, existing: String, wanted: String
  ) throws {
    try fill(RunStore(at: folder.url, key: key), run: "one")
    let before = try folder.text(of: "runs.csv")
    var other = key
    other[keyPath: property] = wanted
    #expect(
      throws: RecordsError.otherTable(path: folder.url.path, what: what, existing: existing, wanted: wanted)
    ) { try RunStore(at: folder.url, key: other) }
    #expect(try folder.text(of: "runs.csv") == before)
  }

  @Test func anotherVersionOfTheRecipeIsRefused() throws {
    try fill(RunStore(at: folder.url, key: key), run: "one")
    var other = key
    other.recipeVersion = 2
    #expect { try RunStore(at: folder.url, key: other) } throws: {
      "\($0)".contains("recipe version '1', but this run has '2'")
    }
  }

  @Test func rowsOfAnotherTableAreRefused() throws {
    let store = try RunStore(at: folder.url, key: key)
    var row = run("one")
    row.table.dataset = "cub"
    #expect(throws: RecordsError.self) { try store.append([run("one"), row]) }
    #expect(try store.runRows().isEmpty)
  }

  @Test func aFolderOfOtherThingsIsRefusedAndLeftAlone() throws {
    try folder.write("my thesis", to: "thesis.tex")
    #expect(throws: RecordsError.foreignFolder(path: folder.url.path, found: ["thesis.tex"])) {
      try RunStore(at: folder.url, key: key)
    }
    #expect(try folder.contents() == ["thesis.tex"])
  }

  @Test func anotherRunsCSVIsRefusedAndLeftAlone() throws {
    try folder.write("name,miles\nBoston,26.2\n", to: "runs.csv")
    #expect(throws: RecordsError.self) { try RunStore(at: folder.url, key: key) }
    #expect(try folder.contents() == ["runs.csv"])
    #expect(try folder.text(of: "runs.csv") == "name,miles\nBoston,26.2\n")
  }

  @Test func whatANewVolumeHasAndLogsDoNotMakeAFolderForeign() throws {
    for name in [".gitkeep", "run.log", "slurm-12.out", "tee.txt", "Thumbs.db", "desktop.ini"] {
      try folder.write("", to: name)
    }
    for name in ["lost+found", "System Volume Information", "@eaDir"] {
      try FileManager.default.createDirectory(
        at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    _ = try RunStore(at: folder.url, key: key)
  }

  @Test func aFileInPlaceOfTheFolderIsRefused() throws {
    let file = try folder.write("x", to: "out")
    for place in [file, file.appendingPathComponent("deeper")] {
      #expect { try RunStore(at: place, key: key) } throws: { error in
        (error as? RecordsError)?.concernsOutput == true
      }
    }
    #expect(try folder.text(of: "out") == "x")
  }

  @Test func aFolderThatCannotBeWrittenIsRefused() throws {
    // /proc accepts no files, whoever asks.
    #expect { try RunStore(at: URL(fileURLWithPath: "/proc/out"), key: key) } throws: { error in
      guard case .unwritable(let path, _) = error as? RecordsError else { return false }
      return path == "/proc/out"
    }
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("runs.csv"), withIntermediateDirectories: true)
    #expect(throws: RecordsError.self) { try RunStore(at: folder.url, key: key) }
  }

  @Test(arguments: [RecordsFile.epochs, .predictions, .fingerprints])
  func finishedRunsWithoutTheirTablesAreRefused(_ file: RecordsFile) throws {
    try fill(RunStore(at: folder.url, key: key), run: "one")
    let url = file.url(in: folder.url)
    try FileManager.default.removeItem(at: url)
    #expect { try RunStore(at: folder.url, key: key) } throws: { "\($0)".contains("runs.csv has finished runs") }
    #expect(access(url.path, F_OK) != 0)
  }

  @Test func oneStoreAtATimeWrites() throws {
    let first = try RunStore(at: folder.url, key: key)
    #expect(throws: RecordsError.inUse(path: folder.url.path)) { try RunStore(at: folder.url, key: key) }
    _ = first.folder
  }

  @Test func aValueWithALineBreakIsRefusedWhole() throws {
    let store = try RunStore(at: folder.url, key: key)
    #expect(throws: RecordsError.self) { try store.append([prediction("a", image: "x\ny.jpg")]) }
    #expect(
      try folder.text(of: "predictions.csv")
        == "run_id,image,head,label,predicted,probability,label_probability,label_rank\n")
  }

  @Test func oddRunIDsAreCutOffToo() throws {
    for id in ["", "a,b", "say \"x\"", "ü"] {
      do { try fill(RunStore(at: folder.url, key: key), run: id, finishing: false) }
      _ = try RunStore(at: folder.url, key: key)
      #expect(try folder.text(of: "epochs.csv") == "run_id,epoch,head,metric,unit,value,n\n")
    }
  }
}
