import ArgumentParser
import Files
import Foundation
import Records
import Regression

/// The files that a gate's report is written to, besides the terminal.
struct GateFiles: ParsableArguments {
  @Option(help: ArgumentHelp("Write the checks as JUnit XML, for CI systems.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write the checks as a Markdown table, for a summary page or comment.", valueName: "file"))
  var markdown: String?

  /// Throws before any work if a file could not or should not be written afterwards.
  func requireWritable() throws {
    for (option, path) in [("--junit", junit), ("--markdown", markdown)] {
      if let path { _ = try outputFile(path, option: option) }
    }
    try requireDifferent([("--junit", junit), ("--markdown", markdown)])
  }

  func write(_ report: GateReport) throws(RecordsError) {
    if let junit { try writeWhole(report.junit, to: URL(fileURLWithPath: junit)) }
    if let markdown { try writeWhole(report.markdown, to: URL(fileURLWithPath: markdown)) }
  }
}
