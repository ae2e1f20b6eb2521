import ArgumentParser
import Foundation
import Records

struct ReadmeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readme",
    abstract: "Update the blocks of a page that come from reports.",
    discussion: """
      A block stands between <!-- report: NAME TEXT --> and <!-- end -->. NAME is a folder of reports next to the \
      page; TEXT is \(ReportText.names.joined(separator: ", ")).
      """, shouldDisplay: false)

  @Argument(help: "Page to update, such as README.md.")
  var page: String

  @Flag(help: "Write nothing; exit with 1 and show the differences if the page is out of date.")
  var check = false

  func run() throws {
    let page = try Page(reading: URL(fileURLWithPath: page))
    let contents = try page.contents()
    guard check else { return try writeWhole(page.filled(with: contents), to: page.url) }
    let findings = zip(page.blocks, contents).compactMap { block, content in
      Finding.difference(
        file: self.page, block.title, fromLine: block.isOnOwnLines ? block.line - 1 : block.line,
        made: Data(content.utf8), kept: Data(block.contents.utf8))
    }
    for finding in findings { print(finding) }
    guard findings.isEmpty else {
      complain("\(self.page) does not match its reports: update it with Scripts/reports --readme.")
      throw ExitCode(1)
    }
  }
}
