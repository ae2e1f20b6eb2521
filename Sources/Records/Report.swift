import Foundation

/// An output folder in the form in which it is committed.
public enum Report {
  /// The longest stages.csv that a report keeps beside its summary, in bytes.
  static let longestStages = 1_000_000

  /// Puts the finished runs of the output folder `source` into `report`, and what `drawUp` makes of them there.
  ///
  /// The source may be written to meanwhile: rows of runs that are not finished stay behind. The report appears whole under its
  /// name, in place of an older one, of which only README.md stays. Throws `foreignFolder` if other things lie there, and
  /// what `drawUp` throws.
  public static func publish(_ source: URL, to report: URL, drawUp: (URL) throws -> Void) throws {
    guard access(RecordsFile.runs.url(in: source).path, R_OK) == 0 else {
      throw RecordsError.noOutputFolder(path: source.path)
    }
    let isThere = access(report.path, F_OK) == 0
    if isThere { try requireReport(report, apartFrom: source) }
    let name = report.lastPathComponent
    let parent = report.deletingLastPathComponent()
    let staging = parent.appendingPathComponent(".\(name).\(getpid()).new", isDirectory: true)
    defer { try? FileManager.default.removeItem(at: staging) }
    try create(staging)
    try copyFinishedRuns(of: source, to: staging)
    if isThere { try copy(["README.md"], from: report, to: staging) }
    try StageSummaryRow.write(from: staging, to: staging)
    let stages = RecordsFile.stages.url(in: staging)
    if try contents(of: stages).count > longestStages { unlink(stages.path) }
    try drawUp(staging)
    try replace(report, by: staging)
  }

  /// Every row that belongs to a finished run; runs.csv comes first, so that the other files hold at least its runs.
  private static func copyFinishedRuns(of source: URL, to staging: URL) throws(RecordsError) {
    let names = try visibleNames(in: source).filter {
      RecordsFile.isPartOfReport($0) && RecordsFile(rawValue: $0)?.isDerived != true
    }
    let runs = RecordsFile.runs.rawValue
    try copy([runs] + names.filter { $0 != runs }, from: source, to: staging)
    // A store removes what is left of runs that did not finish.
    let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: staging))
    _ = try RunStore(at: staging, key: recipe.table)
  }

  private static func requireReport(_ folder: URL, apartFrom source: URL) throws(RecordsError) {
    let isSource = folder.resolvingSymlinksInPath().path == source.resolvingSymlinksInPath().path
    let others = try visibleNames(in: folder).filter {
      isSource || !RecordsFile.isPartOfReport($0) && !RecordsFile.mayLieBeside($0)
    }
    guard others.isEmpty else { throw .foreignReport(path: folder.path, found: others) }
  }

  private static func copy(_ names: [String], from source: URL, to target: URL) throws(RecordsError) {
    for name in names where access(source.appendingPathComponent(name).path, F_OK) == 0 {
      let copy = target.appendingPathComponent(name)
      let data = try contents(of: source.appendingPathComponent(name))
      do { try data.write(to: copy) } catch { throw .unwritable(path: copy.path, reason: reason(of: error)) }
    }
  }

  private static func create(_ folder: URL) throws(RecordsError) {
    do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
      throw .unwritable(path: folder.path, reason: reason(of: error))
    }
  }

  /// Renames `folder` to `target`; an older `target` is gone only when the new one has its place.
  private static func replace(_ target: URL, by folder: URL) throws(RecordsError) {
    let old = folder.deletingPathExtension().appendingPathExtension("old")
    let isThere = rename(target.path, old.path) == 0
    guard isThere || errno == ENOENT else { throw .unwritable(path: target.path, reason: systemReason()) }
    guard rename(folder.path, target.path) == 0 else {
      let reason = systemReason()
      if isThere { rename(old.path, target.path) }
      throw .unwritable(path: target.path, reason: reason)
    }
    try? FileManager.default.removeItem(at: old)
    syncFolder(target.deletingLastPathComponent())
  }
}
