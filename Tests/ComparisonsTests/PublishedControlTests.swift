import Comparisons
import Foundation
import Records
import TestSupport
import Testing

/// docs/where-it-looks.md and README.md match comparisons.csv about S3N and the oracle against trained controls.
@Suite struct PublishedControlTests {
  private static func page(_ path: String) throws -> String {
    try Repository.text(of: path).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func row(
    _ report: String, _ variant: String, against control: String, seeds: Int
  ) throws -> ComparisonRow {
    let folder = Repository.report(report)
    let rows: [ComparisonRow] = try CSVTable.read(from: RecordsFile.comparisons.url(in: folder))
    let found = rows.filter { $0.cell.variant == variant && $0.other.variant == control }
    #expect(found.count == 1 && found.first?.seedCount == seeds)
    return try #require(found.first)
  }

  @Test(arguments: [
    ("cub-20-sampling", 6, "s3n", "identity", "no difference shown between S3N and `identity`", Verdict.notShown),
    ("cub-20-random", 6, "s3n", "random-peaks", "no difference shown between S3N and `random-peaks`", .notShown),
    ("cub-20-centre", 6, "s3n", "centre-zoom", "no difference shown between S3N and `centre-zoom`", .notShown),
    ("cub-20-long", 6, "s3n", "baseline-long", "worse, these weights only", .worseTheseWeights),
    ("cub-20-oracle", 6, "oracle", "identity", "`oracle` is ahead of `identity`", .better),
    ("cub-20-branches", 4, "discriminative-only", "s3n", "better, these weights only", .betterTheseWeights),
    (
      "cub-20-branches", 4, "complementary-only", "s3n", "no difference shown between S3N and `complementary-only`",
      .notShown
    ),
  ])
  func theTrainedControlIsAsItsRowSays(
    report: String, seeds: Int, variant: String, control: String, claim: String, verdict: Verdict
  ) throws {
    let row = try Self.row(report, variant, against: control, seeds: seeds)
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

  @Test(arguments: [("s3n-p0", 2), ("s3n-p1", 1), ("s3n-p2", 1)])
  func thePeakPoliciesAreAsTheirRowsSay(variant: String, seeds: Int) throws {
    let row = try Self.row("cub-20-policies", variant, against: "s3n", seeds: seeds)
    let interval = try #require(row.interval)
    let difference =
      "\(seeds > 1 ? "is at" : "at") \(signed(try #require(row.difference))) \(seeds > 1 ? "points " : "")"
      + intervalText(interval.lowerBound, interval.upperBound)
    #expect(row.verdict == .notShown)
    for path in ["docs/where-it-looks.md", "reports/cub-20-policies/README.md"] {
      #expect(try Self.page(path).contains("`\(variant)` \(difference)"), "\(path) has not \(difference)")
    }
  }

  @Test func theHeadsAreAsSummarySays() throws {
    let page = try Self.page("docs/where-it-looks.md")
    func top1(_ report: String, _ variant: String, _ head: String) throws -> String {
      let folder = Repository.report(report)
      let rows: [SummaryRow] = try CSVTable.read(from: RecordsFile.summary.url(in: folder))
      let row = rows.first { $0.variant == variant && $0.head == head && $0.metric == Metric.top1 }
      return oneDecimal(try #require(row?.mean))
    }
    func heads(_ report: String, _ variant: String) throws -> [String] {
      try ["raw", "discriminative", "complementary"].map { try top1(report, variant, $0) }
    }
    let (oracle, identity) = try (heads("cub-20-oracle", "oracle"), heads("cub-20-oracle", "identity"))
    let (random, s3n) = try (heads("cub-20-random", "random-peaks"), heads("cub-20-random", "s3n"))
    for sentence in [
      "raw heads have \(oracle[0]) and \(identity[0]) %, the discriminative ones \(oracle[1]) and \(identity[1]) %",
      "raw heads have \(random[0]) %, as S3N's; its discriminative ones \(random[1]) against \(s3n[1]), its"
        + " complementary ones \(random[2]) against \(s3n[2])",
    ] { #expect(page.contains(sentence), "\(sentence)") }
    #expect(random[0] == s3n[0])
  }
}
