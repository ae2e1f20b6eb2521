import Files
import Foundation

/// Publishing an output folder in the form in which it is committed.
public enum Report {
  /// The largest stages.csv that a report keeps in addition to its summary, in bytes.
  static let longestStages = 1_000_000

  /// Publishes the finished runs of the output folder `source` as `report`, with what `drawUp` derives from them there.
  ///
  /// The source may be written to meanwhile; rows of unfinished runs are left out. The report appears atomically, with
  /// links followed, and replaces an older one. Of that, it keeps README.md and, if the runs' weights are
  /// bit-identical, measurements of the models that the source lacks. Throws `changedSince` if the source does not
  /// match its manifest, `foreignReport` if other things are at `report`, `lostRuns` if it has runs that the source
  /// lacks, `inUse` if a run writes there, `within` if `report` is inside its source, `noOutputFolder`,
  /// `dividedFolder`, and any error of `drawUp`.
  public static func publish(_ source: URL, to report: URL, drawUp: (URL) throws -> Void) throws {
    let report = try behindLinks(report)
    try requireOutputFolder(source)
    if let change = try Manifest.changes(in: source).first {
      throw RecordsError.changedSince(path: source.path, finding: "\(change)")
    }
    try requireOutside(report, of: source)
    let isThere = isFolder(report.givenPath)
    if isThere {
      guard !isSameFile(report.givenPath, source.givenPath) else {
        throw RecordsError.unwritable(path: report.path, reason: "it is the folder to publish")
      }
      try requireReport(report)
    }
    let lock = isThere ? try FolderLock(report, tries: 100) : nil
    defer { withExtendedLifetime(lock) {} }
    try writeWholeFolder(report) { staging in
      try copyFinishedRuns(of: source, to: staging)
      if isThere {
        let runs = try CSVTable.read(RunRow.self, from: RecordsFile.runs.url(in: staging))
        try requireNoOtherRuns(in: report, than: Set(runs.map(\.runID)))
        try copy(["README.md"], from: report, to: staging)
        try keepMeasurements(of: report, in: staging)
      }
      try StageSummaryRow.write(from: staging, to: staging)
      let stages = RecordsFile.stages.url(in: staging)
      // A report made of reports has only the summary.
      let samples: [StageRow] = try CSVTable.read(from: stages)
      if try samples.isEmpty || contents(of: stages).count > longestStages { removeFile(stages.givenPath) }
      try drawUp(staging)
      return true
    }
  }

  /// Throws what `publish` would because of what is at `report`, before there is anything to publish.
  public static func requireReplaceable(_ report: URL) throws(RecordsError) {
    let report = try behindLinks(report)
    if isFolder(report.givenPath) { try requireReport(report) }
    try requireWritable(report.deletingLastPathComponent().appendingPathComponent(temporaryName()))
  }

  /// Copies every row of a finished run; runs.csv is copied first, so that the other files cover at least its runs.
  private static func copyFinishedRuns(of source: URL, to staging: URL) throws(RecordsError) {
    let names = try visibleNames(in: source).filter {
      RecordsFile.isPartOfReport($0) && !RecordsFile.isDerived($0) || $0 == RecordsFile.stagesSummary.rawValue
    }
    let runs = RecordsFile.runs.rawValue
    try copy([runs] + names.filter { $0 != runs }, from: source, to: staging)
    // The store removes the rows of unfinished runs from the copy; the source keeps them.
    let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: staging))
    let leftovers = try RunStore(at: staging, key: recipe.table).leftovers
    for copy in leftovers?.copies ?? [] { removeFile(copy.givenPath) }
    // Everything that a report vouches for must be readable.
    _ = try RunRecords(reading: staging)
    _ = try CSVTable.readIfPresent(LocalisationRow.self, from: RecordsFile.localisation.url(in: staging))
    _ = try CSVTable.readIfPresent(InterventionRow.self, from: RecordsFile.interventions.url(in: staging))
    _ = try CSVTable.readIfPresent(CounterfactualRow.self, from: RecordsFile.counterfactuals.url(in: staging))
  }

  /// Copies the tables of where models look from the report `older` if they match its manifest and the weights of the
  /// models in them are the same to the bit.
  private static func keepMeasurements(of older: URL, in staging: URL) throws(RecordsError) {
    guard let manifest = try? Manifest.read(in: older), let before = try? fingerprints(in: older) else { return }
    let now = try fingerprints(in: staging)
    for file in [RecordsFile.localisation, .interventions, .counterfactuals] {
      let table = file.url(in: older)
      guard !isAccessible(file.url(in: staging).givenPath, F_OK),
        (try? checksum(of: table)).map({ $0 == manifest.files[file.rawValue] }) == true,
        try models(in: table).allSatisfy({ before[$0] != nil && before[$0] == now[$0] })
      else { continue }
      try copy([file.rawValue], from: older, to: staging)
    }
  }

  /// The weights of each model, epoch by epoch.
  private static func fingerprints(in folder: URL) throws(RecordsError) -> [String: [String]] {
    let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    let rows: [FingerprintRow] = try CSVTable.read(from: RecordsFile.fingerprints.url(in: folder))
    return Dictionary(grouping: rows) { recipe.modelName(of: $0.runID) }.mapValues { $0.map(\.weightsSHA256) }
  }

  /// The models that a table of measurements names; its means over seeds are of the same ones.
  private static func models(in table: URL) throws(RecordsError) -> Set<String> {
    let (name, seed) = (0, 3)
    return Set(
      try CSVTable.fields(of: table, most: .max).dropFirst().filter { $0.count > seed && !$0[seed].isEmpty }.map {
        $0[name]
      })
  }

  private static func requireReport(_ folder: URL) throws(RecordsError) {
    // Hidden files, such as .git, would be lost with the older report too.
    let others = try ownNames(in: folder).filter { !RecordsFile.isPartOfReport($0) && !RecordsFile.mayLieBeside($0) }
    guard others.isEmpty else { throw .foreignReport(path: folder.path, found: others) }
  }

  private static func copy(_ names: [String], from source: URL, to target: URL) throws(RecordsError) {
    for name in names where isAccessible(source.appendingPathComponent(name).givenPath, F_OK) {
      let data = try contents(of: source.appendingPathComponent(name))
      try writeWhole(data, to: target.appendingPathComponent(name).givenPath, failingAs: RecordsError.self)
    }
  }
}
