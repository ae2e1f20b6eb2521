import Foundation

/// The output folder of an experiment: raw rows that are appended as they come and are on disk when a call returns.
///
/// Every row belongs to a finished run or to the one under way: opening a folder removes what an interrupted run left.
/// One store at a time writes to a folder.
public final class RunStore {
  public let folder: URL
  /// The runs whose rows are all in runs.csv.
  public private(set) var finishedRunIDs: Set<String>
  /// Those of them that diverged.
  public private(set) var divergedRunIDs: Set<String>

  private let key: TableKey
  private let lock: FolderLock
  private let runs: LogFile<RunRow>
  private let epochs: LogFile<EpochRow>
  private let stages: LogFile<StageRow>
  private let predictions: LogFile<PredictionRow>
  private let fingerprints: LogFile<FingerprintRow>

  /// Opens `folder`, or creates it, for runs of the table `key`.
  ///
  /// Refuses a folder of other files, of another table, that another process writes to, or that cannot be written.
  public init(at folder: URL, key: TableKey) throws(RecordsError) {
    self.folder = folder
    self.key = key
    try Self.create(folder)
    lock = try FolderLock(folder)
    runs = try LogFile(RecordsFile.runs.url(in: folder))
    // Rows of a run are written together: when the last one is cut short, the run is not finished.
    if let tornRun = runs.tornText?.prefix(while: { $0 != "," }), let last = try runs.lastRunID,
      csvLine([last]).hasPrefix(tornRun)
    {
      try runs.cutTrailingRows { $0 == last }
    }
    let rows: [RunRow] = try CSVTable.read(from: runs.url)
    for row in rows { try Self.check(row, belongsTo: key, folder: folder) }
    finishedRunIDs = Set(rows.map(\.runID))
    divergedRunIDs = Set(rows.filter { $0.status == .diverged }.map(\.runID))

    epochs = try LogFile(RecordsFile.epochs.url(in: folder))
    stages = try LogFile(RecordsFile.stages.url(in: folder))
    predictions = try LogFile(RecordsFile.predictions.url(in: folder))
    fingerprints = try LogFile(RecordsFile.fingerprints.url(in: folder))
    let finished = finishedRunIDs
    try epochs.cutTrailingRows { !finished.contains($0) }
    try stages.cutTrailingRows { !finished.contains($0) }
    try predictions.cutTrailingRows { !finished.contains($0) }
    try fingerprints.cutTrailingRows { !finished.contains($0) }
  }

  /// Appends rows of the run under way.
  public func append(_ rows: [EpochRow]) throws(RecordsError) { try epochs.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [StageRow]) throws(RecordsError) { try stages.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [PredictionRow]) throws(RecordsError) { try predictions.append(rows) }

  /// Appends rows of the run under way.
  public func append(_ rows: [FingerprintRow]) throws(RecordsError) { try fingerprints.append(rows) }

  /// Appends all rows of a run at once, after everything else of it: with them it is finished.
  public func append(_ rows: [RunRow]) throws(RecordsError) {
    for row in rows {
      try Self.check(row, belongsTo: key, folder: folder)
      guard !finishedRunIDs.contains(row.runID) else { throw .duplicateRun(path: folder.path, runID: row.runID) }
    }
    try runs.append(rows)
    finishedRunIDs.formUnion(rows.map(\.runID))
    divergedRunIDs.formUnion(rows.filter { $0.status == .diverged }.map(\.runID))
  }

  /// All rows of runs.csv.
  public func runRows() throws(RecordsError) -> [RunRow] { try CSVTable.read(from: runs.url) }

  private static func create(_ folder: URL) throws(RecordsError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) {
      guard isFolder.boolValue else {
        throw .unwritable(path: folder.path, reason: "it is a file, where a folder is needed")
      }
      let found: [String]
      do { found = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
        throw .unwritable(path: folder.path, reason: reason(of: error))
      }
      let visible = found.filter { !$0.hasPrefix(".") }.sorted()
      guard visible.isEmpty || visible.contains(RecordsFile.runs.rawValue) else {
        throw .foreignFolder(path: folder.path, found: visible)
      }
    } else {
      do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
        throw .unwritable(path: folder.path, reason: reason(of: error))
      }
    }
  }

  private static func check(_ row: RunRow, belongsTo key: TableKey, folder: URL) throws(RecordsError) {
    if let (what, existing, wanted) = row.table.difference(to: key) {
      throw .otherTable(path: folder.path, what: what, existing: existing, wanted: wanted)
    }
  }
}

/// Keeps other processes from writing to a folder; given back when the process ends, however it ends.
private final class FolderLock {
  private let descriptor: Int32

  init(_ folder: URL) throws(RecordsError) {
    descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(path: folder.path, reason: systemReason()) }
    // A process that we begin holds our files until it runs its own program: a lock just given back may seem held for a moment.
    // Some network file systems have no locks: only one that is held elsewhere counts.
    var tries = 10
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
      tries -= 1
      guard tries > 0 else { throw .inUse(path: folder.path) }
      usleep(20_000)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
