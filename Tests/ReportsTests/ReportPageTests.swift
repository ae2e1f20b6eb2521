import Figures
import Foundation
import Records
import Testing

@testable import Reports

@Suite struct ReportPageTests {
  private func page(_ folders: [OutputFolder], _ pictures: [ReportPage.Picture] = []) throws -> String {
    try ReportPage(folders.map { .init(FolderRecords(of: $0.url), pictures) }).html()
  }

  @Test func thePageSaysWhatWasAskedAndWhatCameOut() throws {
    let html = try page([OutputFolder([("baseline", [50, 52]), ("s3n", [58, 60])])])
    #expect(html.contains("How do 2 variants of S3N differ in top-1 accuracy on birdlets, 2 classes?"))
    #expect(html.contains("recipe quick, 3 epochs and tested on 240 test images."))
    #expect(html.contains("values.momentum"))
    #expect(html.contains("<td data-value=\"59.0\">59.0 ± 1.4</td>"))
  }

  @Test func textOfFilesIsEscapedEverywhere() throws {
    let hostile = "<script>alert(1)</script>\"'&"
    let html = try page([OutputFolder([(hostile, [50]), ("s3n", [58])], classes: [hostile, "b"])])
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"))
    #expect(escaped("\u{0}\u{1B}a\nb") == "\u{FFFD}\u{FFFD}a\nb")
  }

  @Test func nothingIsFetchedAndPicturesHaveTexts() throws {
    let picture = ReportPage.Picture(name: "cost", summary: "what <it> costs", svg: Data("<svg/>".utf8))
    let html = try page([OutputFolder([("s3n", [58])])], [picture])
    #expect(html.contains("default-src 'none'"))
    #expect(!html.contains("src=\"http") && !html.contains("href=\"http"))
    #expect(html.contains("alt=\"Chart: what &lt;it&gt; costs. "))
    #expect(html.contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\""))
  }

  @Test func equalRecordsMakeEqualPages() throws {
    let folder = try OutputFolder([("baseline", [50]), ("s3n", [58])])
    #expect(try page([folder]) == page([folder]))
  }

  @Test func filesThatHaveNoRoomAreNamed() throws {
    let folder = try OutputFolder([("s3n", Array(repeating: 58, count: 40))], epochs: 1200)
    let size = try Data(contentsOf: RecordsFile.epochs.url(in: folder.url)).count
    try #require(size > 1_500_000)
    let large = ReportPage.Picture(name: "cost", summary: "much", svg: Data(count: 2_400_000))
    let html = try page([folder], [large])
    #expect(html.utf8.count <= ReportPage.largest)
    #expect(html.contains("epochs.csv, ") && html.contains("too large for this page"))
    #expect(html.contains("-runs.csv\" href=\"data:text/csv;base64,"))
  }

  @Test func aPageThatWouldBeTooLargeIsNone() throws {
    let large = ReportPage.Picture(name: "cost", summary: "much", svg: Data(count: 4_000_000))
    let error = #expect(throws: ReportsError.self) { try page([OutputFolder([("s3n", [58])])], [large]) }
    #expect(error.map { "\($0)" }?.contains("bytes, more than the limit of 5000000") == true)
  }

  @Test func severalFoldersStandSideBySideWithTheirDifferences() throws {
    let html = try page([OutputFolder([("s3n", [58])]), OutputFolder([("s3n", [60.5]), ("baseline", [50])])])
    #expect(html.contains("second − first"))
    #expect(html.contains("<td data-value=\"2.5\">+2.5</td>"))
    #expect(html.contains("The recipes are the same."))
    #expect(html.contains("id=\"results-1\"") && html.contains("id=\"results-2\""))
  }

  @Test func damagedRecordsAreNamedWithTheirPlace() throws {
    let torn = try OutputFolder([("s3n", [58])])
    let file = RecordsFile.runs.url(in: torn.url)
    try Data(contentsOf: file).dropLast(20).write(to: file)
    let error = #expect(throws: RecordsError.self) { try page([torn]) }
    #expect("\(error!)".contains("runs.csv, line 2: the line is truncated"))

    let foreign = try OutputFolder([("s3n", [58])])
    try Data("a;b\n1;2\n".utf8).write(to: RecordsFile.epochs.url(in: foreign.url))
    #expect(throws: RecordsError.self) { try page([foreign]) }

    let short = try OutputFolder([("s3n", [58])])
    try FileManager.default.removeItem(at: RecordsFile.epochs.url(in: short.url))
    #expect(try page([short]).contains("Each was trained with recipe quick and tested on 240 test images."))

    let lacking = try OutputFolder([("s3n", [58])])
    try FileManager.default.removeItem(at: RecordsFile.recipe.url(in: lacking.url))
    #expect(throws: RecordsError.self) { try page([lacking]) }
  }
}
