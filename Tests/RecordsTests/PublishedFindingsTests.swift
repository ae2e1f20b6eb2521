import Foundation
import Records
import TestSupport
import Testing

/// What docs/where-it-looks.md says was found is what the rows of its reports say.
@Suite struct PublishedFindingsTests {
  /// The part of the page from one heading up to another.
  private func findings(from start: String, to end: String) throws -> String {
    let page = try Repository.text(of: "docs/where-it-looks.md")
    let first = try #require(page.range(of: start)), last = try #require(page.range(of: end))
    return page[first.upperBound..<last.lowerBound].split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Values with their intervals, as the page writes them: "84.6 [82.2, 87.0]"; losses and differences both ways round.
  private func values(in report: String) throws -> Set<String> {
    let folder = Repository.report(report)
    let looks: [LocalisationRow] = try CSVTable.read(from: RecordsFile.localisation.url(in: folder))
    let changes: [InterventionRow] = try CSVTable.read(from: RecordsFile.interventions.url(in: folder))
    let known: [(Double?, Double?, Double?)] =
      looks.overSeeds.filter { $0.peaks == "all" && $0.part == nil }
      .flatMap { [($0.value, $0.low95, $0.high95), ($0.advantage, $0.advantageLow95, $0.advantageHigh95)] }
      + changes.overSeeds.filter { $0.head == Head.joint }.map { ($0.change, $0.low95, $0.high95) }
    return known.reduce(into: []) { values, known in
      guard let value = known.0, let low = known.1, let high = known.2 else { return }
      values.insert("\(oneDecimal(value)) \(intervalText(low, high))")
      values.insert("\(oneDecimal(-value)) \(intervalText(-high, -low))")
    }
  }

  private static let places: [(report: String, start: String, end: String, atLeast: Int)] = [
    ("birdlets-10-seeds", "**birdlets:", "[![Four test images", 14),
    ("cub-20-6-seeds", "**CUB-200-2011,", "- **Trained again without", 6),
  ]

  @Test(arguments: places.indices) func everyIntervalIsThatOfARow(place: Int) throws {
    let (report, start, end, atLeast) = Self.places[place]
    let known = try values(in: report)
    let published = try findings(from: start, to: end)
      .matches(of: /([+-]?[0-9]+\.[0-9])( %| points)?( in the box)? (\[-?[0-9.]+, -?[0-9.]+\])/)
      .map { "\($0.1.trimmingPrefix("+")) \($0.4)" }
    #expect(published.count >= atLeast)
    for value in published { #expect(known.contains(value), "\(value) is in no row of reports/\(report)") }
  }
}
