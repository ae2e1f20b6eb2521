import Figures
import Files
import Foundation
import Records

/// Checks that a report's files match its manifest and each other, and that its commands would run the same today.
struct ReportCheck {
  let folder: URL
  /// The discrepancies.
  private(set) var findings: [Finding] = []
  /// What could not be compared here, which is not a failure.
  private(set) var notes: [String] = []
  private let manifest: Manifest

  /// Throws `noReport` for a folder without a manifest, `dividedFolder` for a divided one.
  init(_ folder: URL) throws {
    self.folder = folder
    if DividedFolder.isOne(folder) { throw RecordsError.dividedFolder(path: folder.path) }
    guard isAccessible(RecordsFile.manifest.url(in: folder).givenPath, F_OK) else {
      throw RecordsError.noReport(path: folder.path)
    }
    manifest = try Manifest.read(in: folder)
  }

  /// Runs all checks; one that cannot run is a finding, and the others still run.
  mutating func run() {
    attempt(.manifest) { check in check.findings += try check.manifest.findings(in: check.folder) }
    attempt(.environment) { check in
      let environments = try EnvironmentFile.read(from: RecordsFile.environment.url(in: check.folder))
      check.findings += check.manifest.findings(about: environments)
    }
    attempt(.runs) { check in check.findings += try RunRecords(reading: check.folder).findings }
    attempt(.summary) { check in try check.drawUpAgain() }
    attempt(.recipe) { check in
      let today = try RecipeToday(of: check.folder)
      check.findings += today.findings
      check.notes += today.notes
    }
  }

  private mutating func attempt(_ file: RecordsFile, _ part: (inout ReportCheck) throws -> Void) {
    do { try part(&self) } catch {
      findings.append(Finding(file, expected: "usable files", found: "\(error)"))
    }
  }

  /// Generates tables and figures in a temporary folder and compares them byte by byte.
  private mutating func drawUpAgain() throws {
    try withTemporaryFolder { try drawUpAgain(into: $0) }
  }

  private mutating func drawUpAgain(into workshop: URL) throws {
    let results = Results(of: folder, into: workshop)
    try results.summarize()
    try results.compareIfPossible()
    // Older reports have no crate.
    if manifest.files[RecordsFile.crate.rawValue] != nil { try results.describe() }
    let figures = FigureFile.all.filter { manifest.files[$0.name] != nil }.map(\.figure)
    // Differences between the programs are noted below.
    do { try results.draw(also: figures) } catch FiguresError.gnuplotAbsent {}
    func isMade(_ name: String) -> Bool { isAccessible(workshop.appendingPathComponent(name).givenPath, F_OK) }
    for name in RecordsFile.derived where isMade(name) || manifest.files[name] != nil {
      if let obstacle = obstacle(to: name) {
        notes.append("\(name) was not made again: \(obstacle)")
        continue
      }
      let kept = (try? readWhole(folder.appendingPathComponent(name).givenPath)) ?? Data()
      let made = (try? readWhole(workshop.appendingPathComponent(name).givenPath)) ?? Data()
      if let finding = Finding.difference(file: name, made: made, kept: kept) { findings.append(finding) }
    }
  }

  /// Returns why a file cannot be reproduced here, or nil if it can.
  private func obstacle(to name: String) -> String? {
    if name == RecordsFile.stagesSummary.rawValue {
      let hasStages = isAccessible(RecordsFile.stages.url(in: folder).givenPath, F_OK)
      return hasStages ? nil : "stages.csv was too long for a report"
    }
    let needed: [String]
    switch FigureFile.all.first(where: { $0.name == name })?.kind {
    case .svg: needed = [DrawingPrograms.gnuplot]
    case .png, .pdf: needed = [DrawingPrograms.gnuplot, DrawingPrograms.font]
    case .data, .script, nil: return nil
    }
    let here = DrawingPrograms.current
    for program in needed where here[program] == nil || here[program] != manifest.drawnBy[program] {
      return
        "it was drawn with \(program) \(manifest.drawnBy[program] ?? "unknown"), not \(here[program] ?? "none") as here"
    }
    return nil
  }
}
