import Records

/// Whether a model's answers follow the marks that decide: how often they turn with a mark that is painted otherwise, of
/// counterfactuals.csv.
public struct FollowingMarks: Figure {
  public let name = "following-marks"
  public let columns = ["row", "label", "kind", "turned_percent", "low_percent", "high_percent", "note"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// From rows of counterfactuals.csv of one dataset; of each variant the head that predicts is shown.
  public init(of counterfactuals: [CounterfactualRow]) throws(FiguresError) {
    let known = counterfactuals.filter { $0.turned != nil }
    let groups = known.map(\.variant).unique().map { variant in
      let ofVariant = known.filter { $0.variant == variant }
      return (variant: variant, rows: ofVariant.filter { $0.head == ofVariant[0].head })
    }
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
    let lines = all.count + 2 * groups.count - 1
    size = FigureSize(width: 800, height: Style.headHeight + 24 * lines + Style.footHeight)
    let titles = groups.map { "\($0.variant), \($0.rows[0].head)" }
    let margins = Style.Margins(leftLabels: all.map(\.label) + titles, rightLabels: all.map(\.note))
    var (row, rows) = (0, [[String]]())
    for (title, entries) in zip(titles, entries) {
      row += row == 0 ? 1 : 2
      rows.append(["\(row)", title, "group", "", "", "", ""])
      for entry in entries {
        row += 1
        rows += entry.rows(at: row)
      }
    }
    self.rows = rows
    commands = """
      \(Style.frame(
        title: "Do answers follow the marks on \(first.dataset)?",
        subtitle: "answers that turn with a mark painted otherwise, % of at most "
          + "\(counted(known.map(\.images).max() ?? 0, "image")) named right, "
          + counted(known.map(\.seed).unique().count, "seed"),
        caption: "Band: 95 %, of pairs and seeds from the lowest to the highest. ◇ where attention was at the mark, + elsewhere.",
        size: size, margins: margins))
      set xrange [0:100]
      set xtics 0,20
      set yrange [\(lines).5:0.5]
      unset ytics
      half = 0.28
      of(kind, value) = strcol(3) eq kind ? value : NaN
      plot data using (of('label', 0)):1:(100):(0) with vectors nohead \\
          linecolor rgb '\(Style.grid)' title 'guides', \\
        data using (of('all', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.paleBlue)' title 'band', \\
        data using (of('all', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \\
          linecolor rgb '\(Style.blue)' title 'all', \\
        data using (of('elsewhere', $4)):1 with points pointtype 1 pointsize 1.2 * dot linewidth 1.2 \\
          linecolor rgb '\(Style.ink)' title 'elsewhere', \\
        data using (of('attended', $4)):1 with points pointtype 12 pointsize 1.3 * dot linewidth 1.2 \\
          linecolor rgb '\(Style.vermilion)' title 'attended', \\
        data using (of('group', 0)):1:2 with labels right \(Style.shift(-8, size)) font ',16' \\
          textcolor rgb '\(Style.blue)' title 'variants', \\
        data using (of('label', 0)):1:2 with labels right \(Style.shift(-8, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'marks', \\
        data using (of('label', 100)):1:7 with labels left \(Style.shift(10, size)) font ',13' \\
          textcolor rgb '\(Style.ink)' title 'values'
      """
  }
}

/// One line of the chart: a mark, or the pairs of them, over all seeds.
private struct TurnedEntry {
  let label: String
  private let mean: Double
  private let low: Double
  private let high: Double
  private let attended: Double?
  private let elsewhere: Double?

  init(_ label: String, of rows: [CounterfactualRow]) {
    /// The mean of shares, each with its number of images.
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
    // Where a network has no attention, nothing stands apart.
    elsewhere = attended == nil ? nil : mean(rows.map { ($0.turnedUnattended, $0.images - $0.attendedImages) })
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
