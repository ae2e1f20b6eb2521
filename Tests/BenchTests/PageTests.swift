import ArgumentParser
import Foundation
import Records
import TestSupport
import Testing

@testable import bench

@Suite struct PageTests {
  private let folder: TemporaryFolder
  private var url: URL { folder.url.appendingPathComponent("README.md") }

  init() throws {
    folder = try TemporaryFolder()
    let reports = folder.url.appendingPathComponent("reports")
    try FileManager.default.createDirectory(at: reports, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: goodReport.get().report, to: reports.appendingPathComponent("birds"))
  }

  private func page(_ text: String) throws -> Page {
    try text.write(to: url, atomically: true, encoding: .utf8)
    return try Page(reading: url)
  }

  private var text: String { get throws { try String(contentsOf: url, encoding: .utf8) } }

  @Test func blocksAreWrittenFromTheReportAndTheRestStays() throws {
    _ = try page(
      """
      # Birds
      <!-- report: birds -->
      old
      <!-- end -->
      It took <!-- report: birds time -->a while<!-- end -->, and s3n came to <!-- report: birds top1 s3n --><!-- end --> %.
      <!-- report: birds findings --><!-- end -->

      """)
    try ReadmeCommand.parse([url.path]).run()
    let lines = try text.components(separatedBy: "\n")
    let runs: [RunRow] = try CSVTable.read(
      from: RecordsFile.runs.url(in: folder.url.appendingPathComponent("reports/birds")))
    let top1 = try #require(runs.first { $0.metric == Metric.top1 && $0.head == Head.joint }?.value)
    let number = String(format: "%.1f", top1)
    #expect(lines[0] == "# Birds" && lines[1] == "<!-- report: birds -->")
    #expect(lines[2] == "![Top-1 accuracy of each variant on birdlets](reports/birds/variant-accuracy.svg)")
    #expect(lines[4].hasPrefix("1 seed, 80 training and 80 test images of 2 classes, chance 50.0 %, 3 epochs, "))
    #expect(lines[4].hasSuffix(" The files: [reports/birds](reports/birds)."))
    #expect(lines[6] == "| variant | top-1 % | 95 % interval | what it is |")
    #expect(lines.contains { $0.hasPrefix("| s3n | \(number) | ") && $0.hasSuffix(" |") })
    #expect(
      lines.contains {
        $0.hasPrefix("It took <!-- report: birds time -->") && $0.hasSuffix("-->\(number)<!-- end --> %.")
      })
    #expect(try text.contains("| variant | points against baseline | 95 % interval | verdict |"))
    // The page as written passes the check.
    try ReadmeCommand.parse([url.path, "--check"]).run()
  }

  @Test func anEditedNumberIsFound() throws {
    _ = try page("# Birds\n\n<!-- report: birds table -->\n<!-- end -->\n")
    try ReadmeCommand.parse([url.path]).run()
    let written = try text
    let edited = written.replacing(/s3n \| \d/, with: "s3n | 9")
    _ = try page(edited)
    #expect(try exitCode { try ReadmeCommand.parse([url.path, "--check"]).run() } == 1)
    #expect(try text == edited)
    try ReadmeCommand.parse([url.path]).run()
    #expect(try text == written)
  }

  @Test func brokenBlocksAreNamedByTheirLine() throws {
    func line(_ text: String) throws -> String {
      "\(try #require(throws: PageError.self) { try page(text).contents() })"
    }
    #expect(try line("a\n<!-- report: birds -->\n").contains("README.md, line 2: the block has no end"))
    #expect(try line("<!-- report: a -->\n<!-- report: b --><!-- end -->").contains("line 1: the block has no end"))
    #expect(try line("\n<!-- report: -->\n<!-- end -->").contains("line 2: a block should begin with"))
    #expect(try line("<!-- report: ../.. --><!-- end -->").contains("a block should begin with"))
    let unknown = try line("<!-- report: birds weather --><!-- end -->")
    #expect(unknown.contains("line 1: the report birds has no text \"weather\": known are overview, chart"))
    #expect(ExitCode(for: PageError.unclosed(page: "a", line: 1)) == .data)
    let absent = try page("<!-- report: fish --><!-- end -->")
    #expect(throws: RecordsError.self) { try absent.contents() }
  }

  @Test func recordedCommandsCanBeRunByAShellIntoAnotherFolder() {
    let line = ["ablation", "--out", "runs/x", "--classes", "1-2", "--out=y", "--weights", "it's here.pth"]
    #expect(
      RecordedCommand(line).without("--out").arguments == [
        "ablation", "--classes", "1-2", "--weights", "it's here.pth",
      ])
  }
}
