import Comparisons
import Foundation
import Records
import TestSupport
import Testing

/// docs/speed.md matches a new comparison of the reports' predictions about bfloat16's accuracy.
@Suite struct PublishedPrecisionTests {
  @Test func theTableIsThatOfTheComparisons() throws {
    let page = try Repository.text(of: "docs/speed.md")
    let header = "| images | variant | points | 95 % interval over seeds and images |"
    let lines = page.split(separator: "\n").drop { $0 != header }.dropFirst(2)
    let published = lines.prefix { $0.hasPrefix("|") }.map(String.init)
    let computed = try [
      ("birdlets", "birdlets-bf16", "birdlets-10-seeds"), ("CUB-20", "cub-20-bf16", "cub-20-6-seeds"),
    ].flatMap { images, half, full in
      let comparisons = try Comparisons(of: Repository.report(half), with: Repository.report(full))
      return try comparisons.rows.map { row in
        #expect(row.seedCount == 6, "\(images), \(row.cell.variant)")
        let (low, high) = (try #require(row.seeds.low95), try #require(row.seeds.high95))
        let points = signed(try #require(row.difference))
        return "| \(images) | \(row.cell.variant) | \(points) | \(oneDecimal(low)) to \(oneDecimal(high)) |"
      }
    }
    #expect(published == computed)
  }
}
