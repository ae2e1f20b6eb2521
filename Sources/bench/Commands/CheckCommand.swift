import ArgumentParser
import Foundation
import Records

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check reports for consistency, and against what their commands would run today.",
    discussion: """
      A report holds if every file matches its checksum in the manifest; every run has each fact exactly once, with \
      epochs counted from 1 without a gap; accuracies counted from predictions.csv match runs.csv; tables and figures \
      made again are byte-identical; no command ran with uncommitted changes; and each recorded command would run the \
      same recipe on the same dataset version. Exits with 0 only if all hold, with 65 if a folder is not a report.
      """)

  @Argument(help: ArgumentHelp("Reports made by bench publish.", valueName: "dir"))
  var reports: [String]

  /// The maximum number of findings printed per report.
  static let mostFindings = 25

  func run() throws {
    var allHold = true
    try eachOf(reports) { path in
      var check = try ReportCheck(URL(fileURLWithPath: path, isDirectory: true))
      check.run()
      let count = check.findings.count
      allHold = allHold && count == 0
      print("\(path): \(count == 0 ? "holds" : "DOES NOT HOLD in \(counted(count, "place"))")")
      for finding in check.findings.prefix(Self.mostFindings) { print("  \(finding)") }
      if count > Self.mostFindings { print("  and \(count - Self.mostFindings) more") }
      for note in check.notes { print("  Note: \(note)") }
    }
    guard allHold else { throw ExitCode(1) }
  }
}
