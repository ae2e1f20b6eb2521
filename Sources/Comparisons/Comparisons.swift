import Foundation
import Records
import Statistics

/// Compares every variant of an output folder with every other: a pure function of runs.csv and predictions.csv.
public struct Comparisons: Equatable, Sendable {
  /// For each table, the comparisons with the reference in the order of runs.csv, then all other pairs.
  public let rows: [ComparisonRow]

  init(rows: [ComparisonRow]) { self.rows = rows }

  /// Compares the variants of `folder`; the reference is the variant, or line of a table, named `reference`: by default
  /// the baseline, or the first variant if there is none.
  ///
  /// Throws `ComparisonsError` and `RecordsError`.
  public init(of folder: URL, against reference: String? = nil) throws {
    let all = try VariantAnswers.read(from: folder)
    rows = try all.map(\.cell.table).unique().flatMap { table in
      let variants = all.filter { $0.cell.table == table }
      guard variants.count > 1 else {
        throw ComparisonsError.nothingToCompare(folder: folder.path, found: variants.map(\.cell.variant))
      }
      let place = try Self.place(of: reference, among: variants.map(\.cell))
      let others = variants.indices.filter { $0 != place }
      let rest = others.indices.flatMap { later in
        others[..<later].map { Pair(variants[others[later]], variants[$0]) }
      }
      return Self.rows(.reference, others.map { Pair(variants[$0], variants[place]) }) + Self.rows(.others, rest)
    }
    guard !rows.isEmpty else { throw ComparisonsError.nothingToCompare(folder: folder.path, found: []) }
  }

  /// The rows of one family, whose p-values are corrected together.
  static func rows(_ family: ComparisonRow.Family, _ pairs: [Pair]) -> [ComparisonRow] {
    let images = Family(pairs.map(\.imagesPValue))
    let seeds = Family(pairs.map(\.seedsPValue))
    return pairs.enumerated().map { index, pair in
      var row = pair.row(imagesLevel: images.adjustedLevel, seedsLevel: seeds.adjustedLevel)
      row.family = family
      row.images.adjustedPValue = images.adjusted[index]
      row.seeds.adjustedPValue = seeds.adjusted[index]
      row.seedsNeeded = SmallestDifference.fewestPairs(level: Verdict.level / Double(pairs.count))
      row.verdict = Verdict(difference: row.difference ?? 0, images: row.images, seeds: row.seeds)
      return row
    }
  }

  /// P-values that are corrected together; pairs without one count as p = 1.
  private struct Family {
    let adjusted: [Double?]
    let adjustedLevel: Double

    init(_ pValues: [Double?]) {
      let known = pValues.map { $0 ?? 1 }
      adjusted = zip(pValues, Holm.adjusted(known)).map { $0 == nil ? nil : $1 }
      adjustedLevel = Holm.adjustedLevel(known, level: Verdict.level)
    }
  }

  private static func place(of reference: String?, among cells: [Cell]) throws -> Int {
    guard let reference else { return cells.firstIndex { $0.variant == "baseline" } ?? 0 }
    let labels = cells.map { $0.label(among: cells) }
    let places = cells.indices.filter { labels[$0] == reference || cells[$0].variant == reference }
    guard places.count == 1 else { throw ComparisonsError.unknownReference(reference, known: labels) }
    return places[0]
  }

  /// Writes comparisons.csv into `folder`.
  public func write(to folder: URL) throws(RecordsError) {
    try CSVTable.write(rows, to: RecordsFile.comparisons.url(in: folder))
  }
}
