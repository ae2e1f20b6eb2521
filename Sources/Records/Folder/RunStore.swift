import Files
import Foundation

/// The output folder of an experiment: raw rows that are appended as they come and are on disk when a call returns.
///
/// Every row belongs to a finished run or to the one under way: what an interrupted run left is removed, unless it is gone on
/// with. One store at a time writes to a folder.
public final class RunStore {
  public let folder: URL
  /// The runs whose rows are all in runs.csv.
  public private(set) var finishedRunIDs: Set<String>
  /// Those of them that diverged.
  public private(set) var divergedRunIDs: Set<String>
  /// What was taken out of the files; nil if they were in order.
  public private(set) var leftovers: Leftovers?

  private let key: TableKey
  private let lock: FolderLock
  private var runs: [RunRow]
  /// The rows of a run of which not all stand in runs.csv, and what is there of its last one.
  private let torn: (rows: [RunRow], tear: CSVTable.Tear?)
  private let epochs: LogFile<EpochRow>
  private let stages: LogFile<StageRow>
  private let predictions: LogFile<PredictionRow>
  private let fingerprints: LogFile<FingerprintRow>
  private let memory: LogFile<MemoryRow>
  private let sampling: LogFile<SamplingRow>

  /// Opens `folder`, or creates it, for runs of the table `key`, and removes what an interrupted run left.
  ///
  /// Refuses a folder of other files, of another table, that another process writes to, or that cannot be written.
  public convenience init(at folder: URL, key: TableKey) throws(RecordsError) {
    try self.init(opening: folder, key: key)
    try begin(with: nil)
  }

  /// Opens `folder` as `init(at:key:)` does, and leaves the rows as they are: `begin` is called before any are appended.
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
    // Rows of a run are written together: when the last one is cut short, the run is not finished.
    let tornRun = tear.flatMap { tear in rows.last.flatMap { tear.isPart(ofRun: $0.runID) ? $0.runID : nil } }
    let whole = rows.filter { $0.runID != tornRun }
    torn = (rows.filter { $0.runID == tornRun }, tear)
    runs = whole
    finishedRunIDs = Set(whole.map(\.runID))
    divergedRunIDs = Set(whole.filter { $0.status == .diverged }.map(\.runID))

    for file in [RecordsFile.epochs, .predictions, .fingerprints] where !whole.isEmpty {
      let url = file.url(in: folder)
      guard !isAccessible(url.givenPath, F_OK) else { continue }
      throw .malformed(file: url.path, line: 1, problem: "the file is not there, and runs.csv has finished runs")
    }
    epochs = try LogFile(RecordsFile.epochs.url(in: folder))
    stages = try LogFile(RecordsFile.stages.url(in: folder))
    predictions = try LogFile(RecordsFile.predictions.url(in: folder))
    fingerprints = try LogFile(RecordsFile.fingerprints.url(in: folder))
    memory = try LogFile(RecordsFile.memory.url(in: folder))
    sampling = try LogFile(RecordsFile.sampling.url(in: folder))
  }

  /// Removes what an interrupted run left, but for the rows of `run`, which is gone on with; false if its rows are not there as
  /// it left them, and were removed as well.
  @discardableResult
  public func begin(with run: UnfinishedRun?) throws(RecordsError) -> Bool {
    if let run, torn.tear == nil, try run.cut(logs, after: finishedRunIDs) { return true }
    leftovers = try Leftovers.clear(logs, of: folder, rows: torn.rows, tear: torn.tear, keeping: runs)
    return run == nil
  }

  /// The files that grow.
  var logs: [any RunLog] { [epochs, stages, predictions, fingerprints, memory, sampling] }

  /// Appends rows of the run under way.
  public func append(_ rows: [EpochRow]) throws(RecordsError) { try epochs.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [StageRow]) throws(RecordsError) { try stages.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [PredictionRow]) throws(RecordsError) { try predictions.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [FingerprintRow]) throws(RecordsError) { try fingerprints.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [MemoryRow]) throws(RecordsError) { try memory.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [SamplingRow]) throws(RecordsError) { try sampling.append(rows) }

  /// Appends all rows of a run at once, after everything else of it: with them it is finished.
  public func append(_ rows: [RunRow]) throws(RecordsError) {
    for row in rows {
      try Self.check(row, belongsTo: key, folder: folder)
      guard !finishedRunIDs.contains(row.runID) else { throw .duplicateRun(path: folder.path, runID: row.runID) }
    }
    // Written whole, so that no run is ever there with a part of its rows.
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

  /// Those of a folder's entries that a new output folder may not hold.
  static func foreign(_ entries: [String], in folder: String) -> [String] {
    entries.filter { !$0.hasPrefix(".") && !isHarmless($0, in: folder) }
  }

  /// Whether a new folder may hold such a thing: what volumes, desktops and network drives leave everywhere, and logs, that of
  /// this very command among them.
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
