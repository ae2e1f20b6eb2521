import Files
import Foundation

/// The output folder of an experiment: raw rows, appended as they are produced and on disk when a call returns.
///
/// Every row belongs to a finished run or to the run in progress: rows of an interrupted run are removed unless it is
/// resumed. Only one store at a time writes to a folder.
public final class RunStore {
  public let folder: URL
  /// The runs whose rows are all in runs.csv.
  public private(set) var finishedRunIDs: Set<String>
  /// The finished runs that diverged.
  public private(set) var divergedRunIDs: Set<String>
  /// What was removed from the files; nil if they were in order.
  public private(set) var leftovers: Leftovers?

  private let key: TableKey
  private let lock: FolderLock
  private var runs: [RunRow]
  /// The rows of the run that runs.csv holds only in part, and the cut-off text at its end.
  private let torn: (rows: [RunRow], tear: CSVTable.Tear?)
  /// The append-only files.
  let logs: [any RunLog]

  /// Opens or creates `folder` for runs of the table `key`, and removes the rows of an interrupted run.
  ///
  /// Fails for a folder of other files or another table, in use by another process, or not writable, and if a log lost
  /// the rows of a finished run.
  public convenience init(at folder: URL, key: TableKey) throws(RecordsError) {
    try self.init(opening: folder, key: key)
    try begin(with: nil)
  }

  /// Opens `folder` as `init(at:key:)` does, but leaves its rows as they are: call `begin` before appending any.
  public init(opening folder: URL, key: TableKey) throws(RecordsError) {
    self.folder = folder
    self.key = key
    try Self.create(folder)
    lock = try FolderLock(folder)
    removeTemporaries(in: folder.givenPath)
    let runsFile = RecordsFile.runs.url(in: folder)
    if !isAccessible(runsFile.givenPath, F_OK) { try CSVTable.write([RunRow](), to: runsFile) }
    let (rows, tear): ([RunRow], CSVTable.Tear?) = try CSVTable.readToTear(from: runsFile)
    for row in rows { try Self.check(row, belongsTo: key, folder: folder) }
    // A run's rows are written together: if the last row is cut short, the run is not finished.
    let tornRun = tear.flatMap { tear in rows.last.flatMap { tear.isPart(ofRun: $0.runID) ? $0.runID : nil } }
    let whole = rows.filter { $0.runID != tornRun }
    torn = (rows.filter { $0.runID == tornRun }, tear)
    runs = whole
    finishedRunIDs = Set(whole.map(\.runID))
    divergedRunIDs = Set(whole.filter { $0.status == .diverged }.map(\.runID))

    let essential = [RecordsFile.epochs, .predictions, .fingerprints]
    for file in essential where !whole.isEmpty {
      let url = file.url(in: folder)
      guard !isAccessible(url.givenPath, F_OK) else { continue }
      throw .malformed(file: url.path, line: 1, problem: "the file is missing, but runs.csv has finished runs")
    }
    logs = [
      try LogFile<EpochRow>(in: folder), try LogFile<StageRow>(in: folder), try LogFile<PredictionRow>(in: folder),
      try LogFile<FingerprintRow>(in: folder), try LogFile<MemoryRow>(in: folder), try LogFile<SamplingRow>(in: folder),
    ]
    let trained = finishedRunIDs.subtracting(divergedRunIDs)
    for log in logs where essential.contains(where: { $0.rawValue == log.url.lastPathComponent }) && !trained.isEmpty {
      guard let run = trained.subtracting(try log.runs()).min() else { continue }
      throw .lacksRun(file: log.url.path, runID: run)
    }
  }

  /// Removes the rows of an interrupted run, except those of `run`, which is resumed; returns false if the rows of
  /// `run` are not as it left them and were removed too.
  @discardableResult
  public func begin(with run: UnfinishedRun?) throws(RecordsError) -> Bool {
    if let run, torn.tear == nil, try run.cut(logs, after: finishedRunIDs) { return true }
    leftovers = try Leftovers.clear(logs, of: folder, rows: torn.rows, tear: torn.tear, keeping: runs)
    return run == nil
  }

  /// Appends rows of the run in progress to their file.
  public func append<Row: LogRow>(_ rows: [Row]) throws(RecordsError) {
    guard let log = logs.lazy.compactMap({ $0 as? LogFile<Row> }).first else {
      preconditionFailure("no file is open for \(Row.self)")
    }
    try log.append(rows)
  }

  /// Appends all rows of a run at once, after everything else of it; this marks the run as finished.
  public func append(_ rows: [RunRow]) throws(RecordsError) {
    for row in rows {
      try Self.check(row, belongsTo: key, folder: folder)
      guard !finishedRunIDs.contains(row.runID) else { throw .duplicateRun(path: folder.path, runID: row.runID) }
    }
    // Rewritten whole, so that the file never holds only some of a run's rows.
    try CSVTable.write(runs + rows, to: RecordsFile.runs.url(in: folder))
    runs += rows
    finishedRunIDs.formUnion(rows.map(\.runID))
    divergedRunIDs.formUnion(rows.filter { $0.status == .diverged }.map(\.runID))
  }

  /// All rows of runs.csv.
  public func runRows() throws(RecordsError) -> [RunRow] {
    try CSVTable.read(from: RecordsFile.runs.url(in: folder))
  }

  private static func create(_ folder: URL) throws(RecordsError) {
    let path = folder.givenPath
    try makeFolder(path, failingAs: RecordsError.self)
    guard let entries = folderEntries(path) else { throw .unwritable(path: folder.path, reason: systemReason()) }
    let foreign = foreign(entries, in: path)
    guard foreign.isEmpty || foreign.contains(RecordsFile.runs.rawValue) else {
      throw .foreignFolder(path: folder.path, found: foreign)
    }
  }

  /// The entries of a folder that a new output folder must not contain.
  static func foreign(_ entries: [String], in folder: String) -> [String] {
    entries.filter { !$0.hasPrefix(".") && !isHarmless($0, in: folder) }
  }

  /// Whether a new output folder may contain this entry: clutter of volumes, desktops and network drives, or logs,
  /// including the files that are open as this process's standard streams.
  private static func isHarmless(_ name: String, in folder: String) -> Bool {
    if isClutter(name) || [".log", ".out", ".err", ".txt"].contains(where: name.hasSuffix) { return true }
    guard let status = fileStatus(folder + "/" + name) else { return false }
    return (0...2).contains { isOpen(status, as: $0) }
  }

  private static func check(_ row: RunRow, belongsTo key: TableKey, folder: URL) throws(RecordsError) {
    if let (what, existing, wanted) = row.table.difference(to: key) {
      throw .otherTable(path: folder.path, what: what, existing: existing, wanted: wanted)
    }
  }
}
