import Records

/// Whether a model's answers follow the decisive marks: how often they change when a mark is repainted, from
/// counterfactuals.csv.
public struct FollowingMarks: Figure {
  public let name = "following-marks"
  public let columns = ["row", "label", "kind", "turned_percent", "low_percent", "high_percent", "note"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws rows of counterfactuals.csv of one dataset, for the predicting head of each family.
  public init(of counterfactuals: [CounterfactualRow]) throws(FiguresError) {
    let known = counterfactuals.filter { $0.turned != nil }
    let groups = known.families.map { name, rows in (name: name, rows: rows.filter { $0.head == rows[0].head }) }
    guard let first = known.first else {
      throw .noData(figure: name, needed: "rows of counterfactuals.csv about images that are named right")
    }
    let entries = groups.map { group in
      let marks = group.rows.map(\.flipped).unique().filter { !$0.contains("+") }.map { mark in
        TurnedEntry(mark, of: group.rows.filter { $0.flipped == mark })
      }
      let pairs = group.rows.filter { $0.flipped.contains("+") }
      return marks + (pairs.isEmpty ? [] : [TurnedEntry("two marks, all pairs", of: pairs)])
    }
    let all = entries.flatMap { $0 }
    let titles = groups.map { "\($0.name), \($0.rows[0].head)" }
    let lines = GroupedLines(Array(zip(titles, entries))) { $0.rows(at: $1) }
    (rows, size) = (lines.rows, lines.size)
    let margins = Style.Margins(leftLabels: all.map(\.label) + titles, rightLabels: all.map(\.note))
    commands = """
      \(Style.frame(
        title: "Do answers follow the marks on \(first.dataset)?",
        subtitle: "answers that turn with a mark painted otherwise, % of at most "
          + "\(counted(known.map(\.images).max() ?? 0, "image")) named right, "
          + counted(known.families.map { $0.rows.map(\.seed).unique().count }, "seed"),
        caption: "Band: 95 %, of pairs and seeds from the lowest to the highest. ◇ where attention was at the mark, + elsewhere.",
        size: size, margins: margins))
      set xrange [0:100]
      set xtics 0,20
      \(lines.axis)
      half = 0.28
      of(kind, value) = strcol(3) eq kind ? value : NaN
      plot \(GroupedLines.guides(from: "0", length: "100")), \\
        data using (of('all', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.paleBlue)' title 'band', \\
        data using (of('all', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \\
          linecolor rgb '\(Style.blue)' title 'all', \\
        data using (of('elsewhere', $4)):1 with points pointtype 1 pointsize 1.2 * dot linewidth 1.2 \\
          linecolor rgb '\(Style.ink)' title 'elsewhere', \\
        data using (of('attended', $4)):1 with points pointtype 12 pointsize 1.3 * dot linewidth 1.2 \\
          linecolor rgb '\(Style.vermilion)' title 'attended', \\
        \(lines.texts(of: "marks", left: "0", right: "100"))
      """
  }
}

/// One row of the chart: a mark, or all pairs of marks, over all seeds.
private struct TurnedEntry {
  let label: String
  private let mean: Double
  private let low: Double
  private let high: Double
  private let attended: Double?
  private let elsewhere: Double?

  init(_ label: String, of rows: [CounterfactualRow]) {
    /// The mean of shares, weighted by their numbers of images.
    func mean(_ shares: [(share: Double?, images: Int)]) -> Double? {
      let known = shares.compactMap { entry in entry.share.map { ($0, Double(entry.images)) } }
      let images = known.map(\.1).reduce(0, +)
      return images == 0 ? nil : known.map { $0 * $1 }.reduce(0, +) / images
    }
    self.label = label
    let turned = mean(rows.map { ($0.turned, $0.images) }) ?? 0
    self.mean = turned
    low = rows.compactMap(\.low95).min() ?? turned
    high = rows.compactMap(\.high95).max() ?? turned
    attended = mean(rows.map { ($0.turnedAttended, $0.attendedImages) })
    // Without attention there is no elsewhere to show.
    elsewhere = attended == nil ? nil : mean(rows.map { ($0.turnedUnattended, $0.unattendedImages) })
  }

  var note: String { "\(oneDecimal(mean)) \(intervalText(low, high))" }

  func rows(at row: Int) -> [[String]] {
    let points = [("attended", attended), ("elsewhere", elsewhere)].compactMap { kind, value in
      value.map { ["\(row)", label, kind, $0.field, "", "", ""] }
    }
    return [
      ["\(row)", label, "label", "", "", "", note], ["\(row)", label, "all", mean.field, low.field, high.field, ""],
    ]
      + points
  }
}
