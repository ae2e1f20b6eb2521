import Files
import Foundation

/// What can be wrong with a file or folder of records.
public enum RecordsError: Error, Equatable, Sendable {
  /// Line `line` of `file` breaks the rules of CSV.
  case malformed(file: String, line: Int, problem: String)
  /// The first line of `file` does not name the columns of its kind.
  case wrongHeader(file: String, expected: [String], found: String)
  /// The field of `column` holds something else than the column's kind of value.
  case wrongField(file: String, line: Int, column: String, expected: String, found: String)
  /// `file` is of a later version of these formats than this program knows.
  case newerSchema(file: String, found: Int, known: Int)
  /// `file` is absent or cannot be read.
  case unreadable(file: String, reason: String)
  /// `path` cannot be written or created.
  case unwritable(path: String, reason: String)
  /// The system does not let a file of the output folder be read, which the run needs.
  case outputUnreadable(path: String, reason: String)
  /// The output folder holds other things than records.
  case foreignFolder(path: String, found: [String])
  /// The folder holds other things than a report.
  case foreignReport(path: String, found: [String])
  /// The folder lies in one that is left as it is.
  case within(path: String, source: String)
  /// The folder is none in which runs were recorded.
  case noOutputFolder(path: String)
  /// The folder's runs were made by a process each, and what they came to lies in one within it, if anywhere.
  case dividedFolder(path: String)
  /// The folder is no report: it has no manifest.
  case noReport(path: String)
  /// Another process writes to the folder.
  case inUse(path: String)
  /// The folder holds the table of another dataset, recipe or overrides.
  case otherTable(path: String, what: String, existing: String, wanted: String)
  /// The rows of a run are in the table already.
  case duplicateRun(path: String, runID: String)
  /// The folder holds runs of its own, and is none in which each run has a folder.
  case undividedFolder(path: String)
  /// The folder is none in which each run has a folder.
  case noDividedFolder(path: String)
  /// The runs of the folder are those of another commit of the program.
  case otherCommit(path: String, existing: String, wanted: String)
  /// What happened, as the folder has it, is not what its manifest vouches for.
  case changedSince(path: String, finding: String)
  /// The folder, which was to be new, holds something.
  case occupied(path: String, found: [String])
  /// What is in the folder cannot stand in one table with what is in the folders named before it.
  case unmergeable(path: String, reason: String)

  /// Whether it is the output folder that is in the way (exit code 73), not the contents of a file (65).
  public var concernsOutput: Bool {
    switch self {
    case .unwritable, .outputUnreadable, .foreignFolder, .foreignReport, .inUse, .otherTable, .duplicateRun,
      .undividedFolder, .otherCommit, .occupied, .within:
      true
    case .malformed, .wrongHeader, .wrongField, .newerSchema, .unreadable, .noOutputFolder, .dividedFolder, .noReport,
      .noDividedFolder, .changedSince, .unmergeable:
      false
    }
  }
}

extension RecordsError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  /// Names and fields come out of folders that anyone may have made.
  public var description: String { printable(message, limit: 6000, keepingLines: true) }

  private var message: String {
    switch self {
    case .malformed(let file, let line, let problem):
      "\(file), line \(line): \(problem). Restore the file from where it came, or begin in another folder."
    case .wrongHeader(let file, let expected, let found):
      """
      \(file): the first line should name the columns \(expected.joined(separator: ",")), but \
      \(Self.difference(of: found, from: expected)). \
      Is it a file of another program or version? Choose another folder, or move it away.
      """
    case .wrongField(let file, let line, let column, let expected, let found):
      "\(file), line \(line): column \(column) should hold \(expected), but holds '\(Self.shortened(found))'."
    case .newerSchema(let file, let found, let known):
      "\(file): the folder is of schema \(found), and this version of bench knows \(known). Use the version that wrote it."
    case .unreadable(let file, let reason):
      "\(file) cannot be read: \(reason)."
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason). Make that possible, or name another place."
    case .outputUnreadable(let path, let reason):
      "\(path), a file of the output folder, cannot be read: \(reason). What is in the folder is kept: run the command again."
    case .foreignFolder(let path, let found):
      """
      \(path) holds other files (\(Self.shortened(found.joined(separator: ", ")))) and no runs.csv: an output folder \
      is new, empty, or written by an earlier run. Choose another folder with --out.
      """
    case .foreignReport(let path, let found):
      """
      \(path) holds other things than a report (\(Self.shortened(found.joined(separator: ", ")))), which would be lost. \
      Name another folder to publish to.
      """
    case .within(let path, let source):
      "\(path) lies in \(source), which stays as it is: name a folder outside."
    case .noOutputFolder(let path):
      "\(path) is no output folder: it has no runs.csv. Name a folder that bench ablation or bench train wrote."
    case .dividedFolder(let path):
      "\(path) holds runs that were made by a process each: bench collect \(shellQuoted(path)) makes one folder of them, "
        + "\(path)/collected."
    case .noReport(let path):
      "\(path) is no report: it has no manifest.json. bench publish makes reports of output folders."
    case .inUse(let path):
      "\(path) is being written by another run. Wait for it to end, or choose another folder with --out."
    case .otherTable(let path, let what, let existing, let wanted):
      """
      \(path) holds runs with \(what) '\(existing)', and this run has '\(wanted)': \
      the two would share a table. Choose another folder with --out.
      """
    case .duplicateRun(let path, let runID):
      "\(path) holds the finished run \(runID) already. Choose another folder with --out, or another seed."
    case .undividedFolder(let path):
      "\(path) holds runs that were made without --launcher: go on without it, or choose another folder with --out."
    case .noDividedFolder(let path):
      "\(path) has no \(DividedFolder.file): it is no folder that bench ablation --launcher wrote."
    case .otherCommit(let path, let existing, let wanted):
      """
      \(path) holds runs of the program of \(existing), and this is \(wanted): the two would share a table. Go on with the other \
      program, or choose another folder with --out.
      """
    case .changedSince(let path, let finding):
      """
      \(path) is not as its manifest.json vouches for: \(finding). Restore the file from where it came; what was measured of models \
      can be measured again.
      """
    case .occupied(let path, let found):
      """
      \(path) holds something already (\(Self.shortened(found.joined(separator: ", ")))), and what is merged goes into a new folder or \
      an empty one. Choose another with --out.
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
    // Another file altogether is shown as it is.
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
