import Foundation
import Records
import Synchronization
import TestSupport
import Testing

@testable import bench

/// An output folder with one folder per run, as the program makes it, and how damage to it is handled.
@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct DividedFolderTests {
  private let copy: TemporaryFolder
  private var url: URL { copy.url.appendingPathComponent("divided") }
  private func divided() throws -> DividedFolder { try DividedFolder(reading: url) }

  init() throws {
    copy = try TemporaryFolder()
    try FileManager.default.copyItem(at: aloneAndDivided.get().url.appendingPathComponent("divided"), to: url)
  }

  private func collect() throws -> [String: CellState] {
    let census = try divided().collect { try Results(of: $0).summarize() }
    return Dictionary(uniqueKeysWithValues: census.map { ($0.cell.key, $0.state) })
  }

  private func collectedRuns() throws -> [String] {
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: divided().collected))
    var ids: [String] = []
    for row in runs where row.runID != ids.last { ids.append(row.runID) }
    return ids
  }

  @Test func whatIsCollectedIsWhatOneProcessWrites() throws {
    let alone = try contentsApartFromTimes(of: aloneAndDivided.get().url.appendingPathComponent("alone"))
    #expect(alone.count > 15 && alone["checkpoints/s3n-seed1-best.safetensors"] != nil)
    #expect(try differences(contentsApartFromTimes(of: divided().collected), alone) == [])
    // It passes, except for the commit, which may be dirty, and for figures that were not drawn.
    var check = try ReportCheck(divided().collected)
    check.run()
    #expect(check.findings.filter { !$0.place.contains("commit") && !$0.file.hasPrefix("differences") } == [])
  }

  @Test func whatOthersPutThereIsTakenAlong() throws {
    let collected = try divided().collected
    try Data("a\n".utf8).write(to: collected.appendingPathComponent("localisation.csv"))
    let answers = WorkSoFar.self
    #expect(
      try answers.init(before: collected.appendingPathComponent("interventions.csv")).answer(to: ["s3n"]) { 3 } == 3)
    _ = try collect()
    #expect(try Data(contentsOf: collected.appendingPathComponent("localisation.csv")) == Data("a\n".utf8))
    #expect(
      try answers.init(before: collected.appendingPathComponent("interventions.csv")).answer(to: ["s3n"]) { 4 } == 3)
  }

  @Test func collectingAgainDoesNotVouchForWhatChanged() throws {
    let table = try divided().collected.appendingPathComponent("localisation.csv")
    func collect() throws { _ = try divided().collect { try Manifest.renew(in: $0, drawnBy: [:]) } }
    try Data("a\n".utf8).write(to: table)
    try collect()
    #expect(try Manifest.changes(in: divided().collected) == [])
    try Data("b\n".utf8).write(to: table)
    try collect()
    #expect(try Manifest.changes(in: divided().collected).map(\.file) == ["localisation.csv"])
  }

  @Test func aCellThatIsNotFinishedIsMissing() throws {
    let cells = try divided().division.cells
    #expect(cells.map(\.key) == ["baseline-seed0", "s3n-seed0", "baseline-seed1", "s3n-seed1"])
    try FileManager.default.removeItem(at: divided().folder(of: cells[0]))
    try CSVTable.write([RunRow](), to: RecordsFile.runs.url(in: divided().folder(of: cells[3])))
    #expect(
      try collect() == [
        "baseline-seed0": .notBegun, "s3n-seed0": .finished, "baseline-seed1": .finished,
        "s3n-seed1": .underWay(epochs: 4),
      ])
    #expect(try collectedRuns() == [cells[1], cells[2]].map(\.runID))
  }

  /// What may happen to a folder, and the words that report it.
  @Test(arguments: [
    ("recipe_version", "its recipe_version is '99'"), ("version", "its dataset.version is 'other'"),
    ("commit", "it was made by commit 0123456789"), ("recipe torn", "is not valid JSON for a recipe"),
    ("environment gone", "not finished"), ("runs torn", "line"), ("runs short", "no such row"),
    ("runs gone", "no runs.csv"),
    ("predictions.csv", "predictions.csv"), ("epochs.csv", "epochs.csv"), ("stages.csv", "stages.csv"),
    ("fingerprints.csv", "fingerprints.csv"), ("swapped", "it holds birdlets-quick-baseline-seed0"),
  ])
  func aCellThatIsNotWhatItShouldBeIsNamedAndLeftOut(damage: String, word: String) throws {
    let cell = try divided().division.cells[1]
    let folder = try divided().folder(of: cell)
    func cut(_ file: RecordsFile, _ share: Double) throws {
      let data = try Data(contentsOf: file.url(in: folder))
      try data.prefix(Int(Double(data.count) * share)).write(to: file.url(in: folder))
    }
    func dropLine(_ file: RecordsFile) throws {
      var lines = try String(contentsOf: file.url(in: folder), encoding: .utf8).split(separator: "\n")
      lines.remove(at: lines.count / 2)
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file.url(in: folder))
    }
    switch damage {
    case "recipe_version": try change(.recipe, in: folder) { $0["recipe_version"] = 99 }
    case "version":
      try change(.recipe, in: folder) { recipe in
        var dataset = recipe["dataset"] as? [String: Any]
        dataset?["version"] = "other"
        recipe["dataset"] = dataset
      }
    case "commit":
      try change(.environment, in: folder) {
        $0["commit"] = ["hash": "0123456789abcdef", "dirty": false] as [String: Any]
      }
    case "recipe torn": try cut(.recipe, 0.5)
    case "environment gone": try FileManager.default.removeItem(at: RecordsFile.environment.url(in: folder))
    case "runs torn": try cut(.runs, 0.7)
    case "runs short": try dropLine(.runs)
    case "runs gone": try FileManager.default.removeItem(at: RecordsFile.runs.url(in: folder))
    case "swapped":
      try FileManager.default.removeItem(at: folder)
      try FileManager.default.copyItem(at: divided().folder(of: divided().division.cells[0]), to: folder)
    default: try dropLine(#require(RecordsFile(rawValue: damage)))
    }
    let divided = try divided()
    let state = divided.state(of: cell)
    let text = divided.text(of: state, cell)
    #expect(text.contains(word), "\(text)")
    if case .leftOut = state { #expect(text.contains("Move \(folder.relativePath) away")) }
    #expect(try collect().values.count { $0 == .finished } == 3)
    #expect(try !collectedRuns().contains(cell.runID) && collectedRuns().count == 3)
  }

  /// All requested runs must be there, whatever else the folder holds, and messages advise what to do about others.
  @Test func onlyWhatWasAskedForHasToBeThere() throws {
    let cells = try divided().division.cells
    try FileManager.default.removeItem(at: divided().folder(of: cells[0]))
    let table = CollectedTable(try divided())
    let census = try table.collect()
    try table.require(census.filter { $0.cell.key != cells[0].key }, advice: "again")
    #expect(throws: LaunchError.incomplete(finished: 3, count: 4, advice: "again")) {
      try table.require(census, advice: "again")
    }
    try table.require(census, besides: 1, advice: "again")
    // A cell that was left out must be dealt with before any other advice.
    try change(.recipe, in: divided().folder(of: cells[1])) { $0["recipe_version"] = 99 }
    #expect(
      throws: LaunchError.incomplete(finished: 2, count: 3, advice: "First fix what is reported about the others.")
    ) {
      try table.require(table.collect().filter { $0.cell.key != cells[0].key }, advice: "again")
    }
  }

  @Test func runsThatOthersAddedAreNotLost() throws {
    let collected = try divided().collected
    var rows: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: collected))
    var other = rows[0]
    other.runID = "birdlets-quick-baseline-seed9"
    rows.append(other)
    try CSVTable.write(rows, to: RecordsFile.runs.url(in: collected))
    #expect(throws: RecordsError.lostRuns(path: collected.path, runs: [other.runID])) { try collect() }
    #expect(try CSVTable.read(RunRow.self, from: RecordsFile.runs.url(in: collected)) == rows)
    // So runs are not added there.
    let link = copy.url.appendingPathComponent("link")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "divided/collected")
    for folder in [collected, link] {
      #expect(throws: RecordsError.self) { try DividedFolder.requireNotCollected(folder) }
    }
    for folder in [copy.url.appendingPathComponent("collected"), url] {
      try DividedFolder.requireNotCollected(folder)
    }
  }

  @Test func severalMayCollectAtOnce() throws {
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 12) { _ in
      do { _ = try collect() } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try collectedRuns().count == 4)
    #expect(try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasPrefix(".") } == [])
  }

  @Test func whatOthersPutBesideIsTakenAlong() throws {
    let collected = try divided().collected
    try Data("Words.".utf8).write(to: collected.appendingPathComponent("README.md"))
    try FileManager.default.createDirectory(
      at: collected.appendingPathComponent("explained"), withIntermediateDirectories: true)
    try Data("0".utf8).write(to: collected.appendingPathComponent("explained/peaks.csv"))
    _ = try collect()
    #expect(try String(contentsOf: collected.appendingPathComponent("README.md"), encoding: .utf8) == "Words.")
    #expect(FileManager.default.fileExists(atPath: collected.appendingPathComponent("explained/peaks.csv").path))
  }

  @Test func foldersOfOtherThingsAreRefused() throws {
    let division = try divided().division
    let plain = try aloneAndDivided.get().url.appendingPathComponent("alone")
    #expect(throws: RecordsError.undividedFolder(path: plain.path)) { try DividedFolder(at: plain, for: division) }
    #expect(throws: RecordsError.noDividedFolder(path: plain.path)) { try DividedFolder(reading: plain) }
    #expect(throws: RecordsError.foreignFolder(path: copy.url.path, found: ["divided"])) {
      try DividedFolder(at: copy.url, for: division)
    }
    var other = division.recipe
    other.recipeVersion = 99
    #expect {
      try DividedFolder(at: url, for: Division(division.cells, recipe: other, configuration: ""))
    } throws: {
      "\($0)".contains("recipe_version")
    }
  }
}

/// Run processes that do not end as they should.
@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct LocalLauncherTests {
  private func run(_ script: String) throws -> (code: Int32, errors: String) {
    let ablation = """
      ablation --classes 1-2 --size 32 --epochs 2 --variants baseline,s3n --batch 40 --save-every 0 --launcher local:1 \
        --out "$PWD/divided"
      """
    // Without a PATH there is no gnuplot, which would take longer than everything else.
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) {
      try Program.run("launch=(env -u PATH \"$BENCH\" \(ablation))\n" + script, in: folder.url)
    }
  }

  @Test func aRunThatFailsIsNamedAndTheSameCommandGoesOn() throws {
    let result = try run(
      """
      "${launch[@]}" --variants baseline > out || exit 1
      touch divided/cells/s3n-seed0
      "${launch[@]}" > out; [[ $? == 1 ]] || exit 2
      grep -q '1 of 2 runs collected' out || exit 3
      rm divided/cells/s3n-seed0
      "${launch[@]}" > out || exit 4
      bench collect divided --resubmit; [[ $? == 64 ]] || exit 5
      """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(
      result.errors.contains(/s3n-seed0 exited with 73; last line of \S+logs\/s3n-seed0.log: Error/),
      "\(result.errors)")
    #expect(result.errors.contains("1 of 2 runs are finished. To continue"), "\(result.errors)")
    #expect(!result.errors.contains("2 runs to make"), "what is finished is not made again: \(result.errors)")
  }

  @Test(arguments: [("TERM", 143), ("INT", 130)])
  func aSignalIsHandedOnAndTheSameCommandGoesOn(signal: String, code: Int) throws {
    let result = try run(
      """
      launch+=(--variants baseline --epochs 60)
      "${launch[@]}" > out & launcher=$!
      until ls divided/cells/*/state/*.safetensors > /dev/null 2>&1; do kill -0 $launcher || exit 2; sleep 0.02; done
      kill -\(signal) $launcher; wait $launcher; [[ $? == \(code) ]] || exit 3
      command -v pgrep > /dev/null || exit 9
      pgrep -f -- "--out $PWD/divided/cells/baseline-seed0$" > /dev/null && exit 4
      ls divided/cells/*/state/*.safetensors > /dev/null || exit 5
      "${launch[@]}" > out || exit 6
      grep -q 'resumes from' divided/logs/baseline-seed0.log || exit 7
      """)
    #expect(result.code == 0, "\(result.errors)")
  }
}
