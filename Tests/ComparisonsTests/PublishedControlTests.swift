import Comparisons
import Foundation
import Records
import Testing

/// What docs/where-it-looks.md and README.md say of S3N against its control without sampling is what comparisons.csv says.
@Suite struct PublishedControlTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func page(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func theTrainedControlIsAsItsRowSays() throws {
    let folder = Self.root.appendingPathComponent("reports/cub-20-sampling")
    let rows: [ComparisonRow] = try CSVTable.read(from: RecordsFile.comparisons.url(in: folder))
    let row = try #require(rows.first)
    #expect(rows.count == 1 && row.cell.variant == "s3n" && row.other.variant == "identity" && row.seedCount == 6)
    let low = try #require(row.seeds.low95), high = try #require(row.seeds.high95)
    let difference = "\(signed(try #require(row.difference))) points \(intervalText(low, high))"
    let accuracy = "\(oneDecimal(try #require(row.otherAccuracy))) %"
    let isOpen = row.verdict == .notShown
    for path in ["docs/where-it-looks.md", "README.md"] {
      let page = try Self.page(path)
      #expect(page.contains(difference), "\(path) has not \(difference)")
      #expect(page.contains(accuracy), "\(path) has not \(accuracy)")
      #expect(isOpen == page.contains("no difference shown between S3N and `identity`"), "\(path)")
    }
  }
}
