import Files
import Foundation

/// An error in a file or folder of records.
public enum RecordsError: Error, Equatable, Sendable {
  /// Line `line` of `file` is not valid CSV.
  case malformed(file: String, line: Int, problem: String)
  /// `file` has no rows of a run that runs.csv lists as finished.
  case lacksRun(file: String, runID: String)
  /// The first line of `file` does not name the columns of its kind.
  case wrongHeader(file: String, expected: [String], found: String)
  /// The field of `column` does not hold the kind of value that the column needs.
  case wrongField(file: String, line: Int, column: String, expected: String, found: String)
  /// `file` has a later schema than this program knows.
  case newerSchema(file: String, found: Int, known: Int)
  /// `file` is absent or cannot be read.
  case unreadable(file: String, reason: String)
  /// `path` cannot be written or created.
  case unwritable(path: String, reason: String)
  /// The system refuses to read a file of the output folder that the run needs.
  case outputUnreadable(path: String, reason: String)
  /// The output folder holds things other than records.
  case foreignFolder(path: String, found: [String])
  /// The folder holds things other than a report.
  case foreignReport(path: String, found: [String])
  /// The folder holds finished runs that the one to replace it lacks.
  case lostRuns(path: String, runs: [String])
  /// The folder is where `bench collect` puts the runs of `divided`, in place of what is there.
  case collectedFolder(path: String, divided: String)
  /// The folder is inside one that must not be changed.
  case within(path: String, source: String)
  /// No runs were recorded in the folder.
  case noOutputFolder(path: String)
  /// Each run of the folder was made by a process of its own; collected results, if any, are in a folder within it.
  case dividedFolder(path: String)
  /// The folder is no report: it has no manifest.
  case noReport(path: String)
  /// Another process is writing to the folder.
  case inUse(path: String)
  /// The folder holds the table of another dataset, recipe or overrides.
  case otherTable(path: String, what: String, existing: String, wanted: String)
  /// The table already has the rows of a run.
  case duplicateRun(path: String, runID: String)
  /// The folder holds runs of its own, not a folder for each run.
  case undividedFolder(path: String)
  /// The folder does not hold a folder for each run.
  case noDividedFolder(path: String)
  /// The runs of the folder were made by another commit of the program.
  case otherCommit(path: String, existing: String, wanted: String)
  /// The raw files of the folder do not match its manifest.
  case changedSince(path: String, finding: String)
  /// The folder should be new but is not empty.
  case occupied(path: String, found: [String])
  /// The contents of the folder cannot share a table with those of the folders named before it.
  case unmergeable(path: String, reason: String)

  /// Whether the output folder is at fault (exit code 73) rather than the contents of a file (65).
  public var concernsOutput: Bool {
    switch self {
    case .unwritable, .outputUnreadable, .foreignFolder, .foreignReport, .lostRuns, .collectedFolder, .inUse,
      .otherTable, .duplicateRun, .undividedFolder, .otherCommit, .occupied, .within:
      true
    case .malformed, .lacksRun, .wrongHeader, .wrongField, .newerSchema, .unreadable, .noOutputFolder, .dividedFolder,
      .noReport, .noDividedFolder, .changedSince, .unmergeable:
      false
    }
  }
}

extension RecordsError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  /// Names and fields may come from folders that anyone made.
  public var description: String { printable(message, limit: 6000, keepingLines: true) }

  private var message: String {
    switch self {
    case .malformed(let file, let line, let problem):
      "\(file), line \(line): \(problem). Restore the file from its source, or start in another folder."
    case .lacksRun(let file, let runID):
      "\(file) has no rows of \(runID), which runs.csv lists as finished. Restore the file from its source, or start in "
        + "another folder."
    case .wrongHeader(let file, let expected, let found):
      """
      \(file): the first line should name the columns \(expected.joined(separator: ",")), but \
      \(Self.difference(of: found, from: expected)). \
      Is it from another program or version? Choose another folder, or move it away.
      """
    case .wrongField(let file, let line, let column, let expected, let found):
      "\(file), line \(line): column \(column) should hold \(expected), but holds '\(Self.shortened(found))'."
    case .newerSchema(let file, let found, let known):
      "\(file): the folder has schema \(found), but this bench knows \(known). Use the version that wrote it."
    case .unreadable(let file, let reason):
      "\(file) cannot be read: \(reason)."
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason). Fix that, or choose another location."
    case .outputUnreadable(let path, let reason):
      "\(path), a file in the output folder, cannot be read: \(reason). The folder's contents are kept: repeat the "
        + "command."
    case .foreignFolder(let path, let found):
      """
      \(path) holds other files (\(Self.shortened(found.joined(separator: ", ")))) and no runs.csv: an output folder \
      must be new, empty, or written by an earlier run. Choose another folder with --out.
      """
    case .foreignReport(let path, let found):
      """
      \(path) holds files that are not of a report (\(Self.shortened(found.joined(separator: ", ")))) and would be \
      lost. Move them away, or choose another folder.
      """
    case .lostRuns(let path, let runs):
      """
      \(path) holds finished runs that would be lost (\(Self.shortened(runs.joined(separator: ", ")))). Choose another \
      folder, combine them with bench merge, or move \(path) away.
      """
    case .collectedFolder(let path, let divided):
      "\(path) is replaced whenever the runs of \(divided) are collected. Add runs with --launcher and --out "
        + "\(shellQuoted(divided)), or choose another folder with --out."
    case .within(let path, let source):
      "\(path) is in \(source), which is left unchanged: choose a folder outside it."
    case .noOutputFolder(let path):
      "\(path) is not an output folder: it has no runs.csv. Name a folder that bench ablation or bench train wrote."
    case .dividedFolder(let path):
      "\(path) holds runs of separate processes: bench collect \(shellQuoted(path)) combines them into one folder, "
        + "\(path)/collected."
    case .noReport(let path):
      "\(path) is not a report: it has no manifest.json. Make a report from an output folder with bench publish."
    case .inUse(let path):
      "\(path) is being written by another run. Wait for it to finish, or choose another place."
    case .otherTable(let path, let what, let existing, let wanted):
      """
      \(path) holds runs with \(what) '\(existing)', but this run has '\(wanted)': \
      they cannot share a table. Choose another folder with --out.
      """
    case .duplicateRun(let path, let runID):
      "\(path) already holds the finished run \(runID). Choose another folder with --out, or another seed."
    case .undividedFolder(let path):
      "\(path) holds runs made without --launcher: continue without it, or choose another folder with --out."
    case .noDividedFolder(let path):
      "\(path) has no \(DividedFolder.file): it was not written by bench ablation --launcher."
    case .otherCommit(let path, let existing, let wanted):
      """
      \(path) holds runs by the program of \(existing), but this is \(wanted): they cannot share a table. Continue \
      with the other program, or choose another folder with --out.
      """
    case .changedSince(let path, let finding):
      """
      \(path) does not match its manifest.json: \(finding). Restore the file from its source; measurements of models \
      can be repeated.
      """
    case .occupied(let path, let found):
      """
      \(path) is not empty (\(Self.shortened(found.joined(separator: ", ")))), but runs are merged into a new or empty \
      folder. Choose another with --out.
      """
    case .unmergeable(let path, let reason):
      "\(path) cannot be merged: \(reason)."
    }
  }

  private static func difference(of header: String, from expected: [String]) -> String {
    for (separator, name) in [(";", "semicolons"), ("\t", "tabs")]
    where header.split(separator: separator).map({ $0.trimmingCharacters(in: .whitespacesAndNewlines) }) == expected {
      return "has \(name) between them, where commas are needed"
    }
    if header.isEmpty { return "is missing" }
    let found = header.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    let (missing, further) = (expected.filter { !found.contains($0) }, found.filter { !expected.contains($0) })
    // An entirely different header is shown as it is.
    guard missing.count < expected.count else { return "is \(shortened(header))" }
    if missing.isEmpty && further.isEmpty { return "has them in another order or twice" }
    let names = further.map { $0.isEmpty ? "a column without a name" : $0 }
    return [
      missing.isEmpty ? nil : "lacks \(missing.joined(separator: ", "))",
      further.isEmpty ? nil : "has \(shortened(names.joined(separator: ", "))) besides",
    ].compactMap(\.self).joined(separator: " and ")
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 200 ? text : text.prefix(200) + "..."
  }
}

extension RecordsError: WriteFailure {
  public static func cannotWrite(path: String, reason: String) -> RecordsError {
    .unwritable(path: path, reason: reason)
  }
}
