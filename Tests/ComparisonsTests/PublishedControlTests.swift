import Comparisons
import Foundation
import Records
import Testing

/// What docs/where-it-looks.md and README.md say of S3N and the oracle against the control without sampling is what comparisons.csv says.
@Suite struct PublishedControlTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func page(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func row(_ report: String, _ variant: String) throws -> ComparisonRow {
    let folder = root.appendingPathComponent("reports/" + report)
    let rows: [ComparisonRow] = try CSVTable.read(from: RecordsFile.comparisons.url(in: folder))
    let row = try #require(rows.first)
    #expect(rows.count == 1 && row.cell.variant == variant && row.other.variant == "identity" && row.seedCount == 6)
    return row
  }

  @Test(arguments: [
    ("cub-20-sampling", "s3n", "no difference shown between S3N and `identity`", Verdict.notShown),
    ("cub-20-oracle", "oracle", "`oracle` is ahead of `identity`", .better),
  ])
  func theTrainedControlIsAsItsRowSays(report: String, variant: String, claim: String, verdict: Verdict) throws {
    let row = try Self.row(report, variant)
    let low = try #require(row.seeds.low95), high = try #require(row.seeds.high95)
    let difference = "\(signed(try #require(row.difference))) points \(intervalText(low, high))"
    let told = try #require(variant == "s3n" ? row.otherAccuracy : row.accuracy)
    for path in ["docs/where-it-looks.md", "README.md"] {
      let page = try Self.page(path)
      #expect(page.contains(difference), "\(path) has not \(difference)")
      #expect(page.contains("\(oneDecimal(told)) %"), "\(path) has not \(oneDecimal(told)) %")
      #expect((row.verdict == verdict) == page.contains(claim), "\(path)")
    }
  }

  @Test func theOraclesHeadsAreAsSummarySays() throws {
    let folder = Self.root.appendingPathComponent("reports/cub-20-oracle")
    let rows: [SummaryRow] = try CSVTable.read(from: RecordsFile.summary.url(in: folder))
    func top1(_ variant: String, _ head: String) throws -> String {
      let row = rows.first { $0.variant == variant && $0.head == head && $0.metric == Metric.top1 }
      return oneDecimal(try #require(row?.mean))
    }
    let page = try Self.page("docs/where-it-looks.md")
    let raw = "raw heads have \(try top1("oracle", "raw")) and \(try top1("identity", "raw")) %"
    let sampled =
      "the discriminative ones \(try top1("oracle", "discriminative")) and"
      + " \(try top1("identity", "discriminative")) %"
    #expect(page.contains(raw) && page.contains(sampled), "\(raw), \(sampled)")
  }
}
