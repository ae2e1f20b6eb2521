import ArgumentParser
import Files
import Foundation
import Records
import Regression

/// Where a gate's report goes besides the terminal.
struct GateFiles: ParsableArguments {
  @Option(help: ArgumentHelp("Write the checks as JUnit XML, which CI systems show.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write them as a Markdown table, for a summary page or a comment.", valueName: "file"))
  var markdown: String?

  /// Throws before any work if a file could not be written after it, or should not.
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
