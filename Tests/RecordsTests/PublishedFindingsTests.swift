import Foundation
import Records
import TestSupport
import Testing

/// The findings in docs/where-it-looks.md match the rows of its reports.
@Suite struct PublishedFindingsTests {
  /// Returns the part of the page from one heading to another.
  private func findings(from start: String, to end: String) throws -> String {
    let page = try Repository.text(of: "docs/where-it-looks.md")
    let first = try #require(page.range(of: start)), last = try #require(page.range(of: end))
    return page[first.upperBound..<last.lowerBound].split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static let places: [(report: String, start: String, end: String, atLeast: Int)] = [
    ("birdlets-10-seeds", "**birdlets:", "[![Four test images", 14),
    ("cub-20-6-seeds", "**CUB-200-2011,", "- **Trained again without", 6),
  ]

  @Test(arguments: places.indices) func everyIntervalIsThatOfARow(place: Int) throws {
    let (report, start, end, atLeast) = Self.places[place]
    let known = try Told(report).intervals
    let published = try findings(from: start, to: end)
      .matches(of: /([+-]?[0-9]+\.[0-9])( %| points)?( in the box)? (\[-?[0-9.]+, -?[0-9.]+\])/)
      .map { "\($0.1.trimmingPrefix("+")) \($0.4)" }
    #expect(published.count >= atLeast)
    for value in published { #expect(known.contains(value), "\(value) is in no row of reports/\(report)") }
  }

  /// The values of one report for a model, formatted as on the page.
  private struct Told {
    private let looks: [LocalisationRow]
    private let changes: [InterventionRow]

    init(_ report: String) throws {
      let folder = Repository.report(report)
      looks = try CSVTable.read(from: RecordsFile.localisation.url(in: folder))
      changes = try CSVTable.read(from: RecordsFile.interventions.url(in: folder))
    }

    /// All values with their intervals: "84.6 [82.2, 87.0]"; losses and differences with both signs.
    var intervals: Set<String> {
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

    /// Returns a metric over all peaks of S3N, or of a null.
    func look(_ metric: String, _ places: String = "model") throws -> String {
      let row = looks.overSeeds.first {
        $0.variant == "s3n" && $0.peaks == "all" && $0.part == nil && $0.metric == metric && $0.places == places
      }
      let found = try #require(row)
      let (value, low, high) = (try #require(found.value), try #require(found.low95), try #require(found.high95))
      return "\(oneDecimal(value)) % \(intervalText(low, high))"
    }

    /// Returns the joint head's gain from an intervention.
    func gain(_ intervention: String, _ unit: String = "", of variant: String = "s3n", sign: Double = 1) throws
      -> String
    {
      let row = changes.overSeeds.first {
        $0.variant == variant && $0.head == Head.joint && $0.intervention == intervention
      }
      let found = try #require(row)
      let ends = try [#require(found.low95), #require(found.high95)].map { sign * $0 }.sorted()
      return "\(oneDecimal(sign * (try #require(found.change))))\(unit) \(intervalText(ends[0], ends[1]))"
    }

    func loss(_ intervention: String, _ unit: String = "", of variant: String = "s3n") throws -> String {
      try gain(intervention, unit, of: variant, sign: -1)
    }
  }

  @Test func whatIsSaidOfBirdletsIsSaidOfTheRightRow() throws {
    let page = try findings(from: Self.places[0].start, to: Self.places[0].end)
    let told = try Told(Self.places[0].report)
    for sentence in [
      "hits the box in \(try told.look("points_at_box")) of the images, random places in "
        + "\(try told.look("points_at_box", "random")), the middle in \(try told.look("points_at_box", "centre"))",
      "lose \(try told.loss("identity", " points")) with plain images in place of the resampled ones, "
        + "\(try told.loss("random")) at random places, \(try told.loss("shuffled")) where they look in another image, "
        + "and \(try told.loss("centre")) in the middle",
      "change by \(try told.gain("oracle", " points")): no change shown",
      "alone it loses \(try told.loss("identity", of: "discriminative-only")) with plain images",
      "`discriminative-only` gains \(try told.gain("radii x 2", " points", of: "discriminative-only"))",
      "S3N's gain of \(try told.gain("radii x 2")) is not shown",
    ] { #expect(page.contains(sentence), "\(sentence)") }
  }

  @Test func whatIsSaidOfPhotographsIsSaidOfTheRightRow() throws {
    let page = try findings(from: Self.places[1].start, to: Self.places[1].end)
    let told = try Told(Self.places[1].report)
    for sentence in [
      "Of the peaks \(try told.look("inside_box")) lie in the box", "hits a part in \(try told.look("points_at_part"))",
      "lose little of it: \(try told.loss("random", " points")) at random places, \(try told.loss("identity")) with plain "
        + "images, \(try told.loss("shuffled")) where they look in another image, \(try told.loss("centre")) in the middle",
      "With peaks at the annotated parts they gain \(try told.gain("oracle"))",
    ] { #expect(page.contains(sentence), "\(sentence)") }
  }
}
