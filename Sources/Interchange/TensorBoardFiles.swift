import EventFiles
import Files
import Foundation
import Records

/// The event files of an output folder for TensorBoard: one per run,
/// DIRECTORY/FOLDER/RUN/events.out.tfevents.s3n-bench, made from epochs.csv, and one of the folder's pictures.
///
/// Functions of the folder, they can be rewritten at any time: no point is lost or duplicated by an interruption.
public struct TensorBoardFiles {
  private let folder: URL
  /// Where the event files of this folder go.
  private let path: String

  /// - Parameters:
  ///   - directory: TensorBoard's --logdir, which several folders may share.
  ///   - name: The folder's name there; by default its own.
  public init(of folder: URL, called name: String? = nil, in directory: String) {
    self.folder = folder
    path = directory + "/" + (name ?? folder.standardizedFileURL.lastPathComponent)
  }

  /// Throws `EventFileError` if files of these runs cannot be written, or those of other runs are in their place.
  public func require(runs: [String]) throws {
    try requireOutside(URL(fileURLWithPath: path, isDirectory: true), of: folder)
    try makeFolder(path, failingAs: EventFileError.self)
    let log = isAccessible(RecordsFile.environment.url(in: folder).givenPath, F_OK) ? try empty() : nil
    for run in runs + [Self.pictures] {
      try requireWritable("\(path)/\(temporaryName())", failingAs: EventFileError.self)
      try EventLog.requireWritable(file(run), of: log)
    }
  }

  /// Updates all event files.
  public func writeAll() throws {
    try writeNumbers()
    try writePictures()
  }

  /// Updates the numbers of all runs, including the one in progress.
  public func writeNumbers() throws {
    let rows: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder))
    let runs = Dictionary(grouping: rows, by: \.runID)
    for run in rows.map(\.runID).unique() {
      guard isName(run) else {
        throw RecordsError.unreadable(
          file: RecordsFile.epochs.url(in: folder).path, reason: "\(run.debugDescription) is not a name for a run")
      }
      var log = try empty()
      let epochs = Dictionary(grouping: runs[run] ?? [], by: \.epoch)
      for (epoch, rows) in epochs.sorted(by: { $0.key < $1.key }) {
        log.add(step: epoch, rows.compactMap { row in row.value.map { (Self.tag(row), $0) } })
      }
      try log.write(to: file(run))
    }
  }

  /// Updates the pictures: the PNG files of the folder and of its subfolders, such as those of bench explain.
  private func writePictures() throws {
    var log = try empty()
    for name in Self.pictures(in: folder.givenPath) {
      guard let png = try? readWhole(folder.givenPath + "/" + name) else { continue }
      log.add(step: 0, tag: String(name.dropLast(Self.png.count)), png: Array(png))
    }
    try log.write(to: file(Self.pictures))
  }

  /// Returns the path of a run's event file.
  func file(_ run: String) -> String { "\(path)/\(run)/events.out.tfevents.s3n-bench" }

  /// Returns an empty log with the start time of the folder's first command, since epochs.csv has no times.
  private func empty() throws -> EventLog {
    let first = try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands.first
    let date = first.flatMap { try? Date($0.date, strategy: .iso8601) }
    return EventLog(wallTime: date?.timeIntervalSince1970 ?? 0)
  }

  /// The metric, by which TensorBoard groups charts, and the head.
  private static func tag(_ row: EpochRow) -> String { row.head.map { "\(row.metric)/\($0)" } ?? row.metric }

  private static let pictures = "pictures"
  private static let png = ".png"
  /// The maximum number of pictures shown.
  private static let mostPictures = 100

  private static func pictures(in folder: String) -> [String] {
    let names = folderEntries(folder) ?? []
    let deeper = names.filter { isFolder(folder + "/" + $0) }.flatMap { inner in
      (folderEntries(folder + "/" + inner) ?? []).map { inner + "/" + $0 }
    }
    return Array((names + deeper).filter { $0.hasSuffix(png) && !$0.hasPrefix(".") }.prefix(mostPictures))
  }
}
