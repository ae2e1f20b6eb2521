import Foundation
import Records

extension Comparisons {
  /// The comparisons with the reference for the terminal, 80 columns wide, with a legend.
  public var table: String { table(against: nil) }

  /// The same with `other` in place of the reference, if that is another folder and not a variant.
  public func table(against other: String?) -> String {
    rows.map(\.table).unique().map { key in
      let all = rows.filter { $0.table == key }
      return ComparisonTable(rows: all.filter { $0.family == .reference }, pairs: all.count, against: other).text
    }.joined(separator: "\n")
  }
}

/// The text of one table.
private struct ComparisonTable {
  /// All with the same reference.
  let rows: [ComparisonRow]
  /// The number of rows that comparisons.csv has for the table.
  let pairs: Int
  /// The reference, if it is not a variant.
  let against: String?

  var text: String {
    // Labels are shortened to make room for numbers.
    let longest = labels.map(\.count).max() ?? 0
    let excess = lines(labelLength: longest).split(separator: "\n").map(\.count).max().map { $0 - terminalWidth } ?? 0
    return heading + lines(labelLength: max(8, longest - max(0, excess))) + legend
  }

  /// The cells of the rows, preceded by the reference's if it is a variant.
  private var cells: [Cell] { (against == nil ? rows.prefix(1).map(\.other) : []) + rows.map(\.cell) }
  private var labels: [String] { cells.map { $0.label(among: cells) } }
  private var rowLabels: [String] { labels.suffix(rows.count) }
  private var hasSeeds: Bool { rows.contains { $0.seedCount > 1 } }

  private var heading: String {
    let key = rows.first?.table
    let images = rows.map(\.imageCount).max() ?? 0
    return [key?.dataset, key?.recipe, key?.overrides].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
      + ": top-1 against \(against ?? labels.first ?? ""), in points\n"
      + "\(counted(images, "test image")), \(counted(rows.map(\.seedCount), "paired seed"))\n"
  }

  private func lines(labelLength: Int) -> String {
    let rowLabels = shortenedApart(rowLabels, to: labelLength)
    let verdictWidth = rows.map(\.verdictText.count).max() ?? 0
    func leftAligned(_ verdict: String) -> String {
      verdict.padding(toLength: max(verdictWidth, verdict.count), withPad: " ", startingAt: 0)
    }
    var table = TextTable(
      header: ["variant", "diff", "95 %", "images"] + (hasSeeds ? ["seeds"] : []) + [leftAligned("verdict")])
    table.rows = zip(rows, rowLabels).map { row, label in
      [label, row.differenceText, row.intervalText]
        + [probability(row.images.adjustedPValue)] + (hasSeeds ? [probability(row.seeds.adjustedPValue)] : [])
        + [leftAligned(row.verdictText)]
    }
    return table.text(width: .max)
  }

  private var legend: String {
    let corrected = rows.count == 1 ? "" : ", after Holm's correction for \(rows.count) pairs"
    var sentences = [
      hasSeeds
        ? "95 %: interval over seeds and images. images, seeds: p-values by images, for these weights, and by paired "
          + "seeds, for training again\(corrected)."
        : "95 %: interval over images. images: McNemar's exact p-value\(corrected)."
    ]
    if let needed = rows.first?.seedsNeeded, rows.contains(where: { $0.seedCount < needed }) {
      sentences.append("It takes \(needed) paired seeds to show what training again would give.")
    }
    let verdicts = Set(rows.map(\.verdict))
    if verdicts.contains(.betterTheseWeights) || verdicts.contains(.worseTheseWeights) {
      sentences.append("these weights only: training again may give a different result.")
    }
    if rows.contains(where: { $0.verdict == .notShown && $0.smallestPoints != nil }) {
      sentences.append("In brackets: the smallest difference that could have been shown.")
    }
    if pairs > rows.count { sentences.append("comparisons.csv has all \(pairs) pairs, and more of each.") }
    return "\n" + sentences.map { wrapped($0) }.joined()
  }
}

extension ComparisonRow {
  /// The difference with its sign and one decimal.
  public var differenceText: String { difference.map(signed) ?? "" }

  /// The verdict, with the smallest difference that would have changed it: "no difference shown (2.4)".
  public var verdictText: String {
    guard verdict == .notShown else { return verdict.rawValue }
    return verdict.rawValue + (smallestPoints.map { " (\(oneDecimal($0)))" } ?? "")
  }

  fileprivate var intervalText: String {
    interval.map { Records.intervalText($0.lowerBound, $0.upperBound) } ?? ""
  }
}

private func probability(_ p: Double?) -> String {
  guard let p else { return "" }
  return p < 0.001 ? "<.001" : String(format: p < 0.1 ? "%.3f" : "%.2f", p)
}
