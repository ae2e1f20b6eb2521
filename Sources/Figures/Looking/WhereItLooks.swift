import Records

/// Where the peaks of each variant lie compared with uninformed places: the main measures of localisation.csv.
public struct WhereItLooks: Figure {
  public let name = "where-it-looks"
  public let columns = ["row", "label", "kind", "value_percent", "low_percent", "high_percent", "note"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// The tolerance that is shown, as a fraction of the box's longer side.
  private static let tolerance = 0.1
  /// More parts than these are only shown together.
  private static let mostParts = 6

  /// Draws the rows of localisation.csv of one dataset that concern all peaks.
  public init(of localisation: [LocalisationRow]) throws(FiguresError) {
    let shown = localisation.filter { $0.peaks == "all" && $0.value != nil }
    guard let first = shown.first else {
      throw .noData(figure: name, needed: "rows of localisation.csv about all peaks")
    }
    let parts = shown.compactMap(\.part).unique()
    let measures = Self.measures + (parts.count > Self.mostParts ? [] : parts.map { .lookedAt($0) })
    let groups = shown.overSeeds.families.map { name, rows in
      (title: name, entries: measures.compactMap { PlacesEntry($0, of: rows) })
    }
    let entries = groups.flatMap(\.entries)
    let lines = GroupedLines(groups) { $0.rows(at: $1) }
    (rows, size) = (lines.rows, lines.size)
    let margins = Style.Margins(leftLabels: entries.map(\.label), rightLabels: entries.map(\.note))
    let over = shown.contains { $0.seed == nil } ? "seeds and images\(shown.exceptionOfSingleSeeds)" : "images"
    commands = """
      \(Style.frame(
        title: "Where the peaks lie on \(first.dataset)",
        subtitle: "percent, mean over \(counted(shown.map(\.images).max() ?? 0, "test image")), \(counted(shown.families.map(\.rows.seedCount), "seed")); "
          + "at a part: within \(Style.number(100 * Self.tolerance, digits: 0)) % of the box's longer side",
        caption: "Line, band: the model, 95 % over \(over). "
          + "As many others: × random, + the middle, ◇ from images of the class.",
        size: size, margins: margins))
      set xrange [0:100]
      set xtics 0,20
      \(lines.axis)
      half = 0.28
      of(kind, value) = strcol(3) eq kind ? value : NaN
      plot \(GroupedLines.guides(from: "0", length: "100")), \\
        data using (of('model', $4)):1:5:6:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.paleBlue)' title 'band', \\
        data using (of('model', $4)):($1 - half):(0):(2 * half) with vectors nohead linewidth 3 \\
          linecolor rgb '\(Style.blue)' title 'model', \\
        data using (of('random', $4)):1 with points pointtype 2 pointsize 1.2 * dot linewidth 1.2 \\
          linecolor rgb '\(Style.ink)' title 'random', \\
        data using (of('centre', $4)):1 with points pointtype 1 pointsize 1.2 * dot linewidth 1.2 \\
          linecolor rgb '\(Style.ink)' title 'centre', \\
        data using (of('class mates', $4)):1 with points pointtype 12 pointsize 1.3 * dot linewidth 1.2 \\
          linecolor rgb '\(Style.vermilion)' title 'class mates', \\
        \(lines.texts(of: "measures", left: "0", right: "100"))
      """
  }

  /// A measure of localisation.csv and its label in the chart.
  struct Measure {
    let label: String
    let metric: String
    var part: String?
    var tolerance: Double?

    static func lookedAt(_ part: String) -> Measure {
      Measure(label: "\(part) looked at", metric: "part_recall", part: part, tolerance: WhereItLooks.tolerance)
    }
  }

  private static let measures = [
    Measure(label: "peaks in the box", metric: "inside_box"),
    Measure(label: "strongest peak hits the box", metric: "points_at_box"),
    Measure(label: "strongest peak hits a part", metric: "points_at_part"),
    Measure(label: "peaks at a part", metric: "peak_precision", tolerance: tolerance),
    Measure(label: "parts looked at", metric: "part_recall", tolerance: tolerance),
  ]
}

/// One row of the chart.
private struct PlacesEntry {
  let label: String
  let note: String
  private let values: [(kind: String, value: Double, low: Double, high: Double)]

  /// Nil if the rows lack the measure.
  init?(_ measure: WhereItLooks.Measure, of rows: [LocalisationRow]) {
    let rows = rows.filter {
      $0.metric == measure.metric && $0.part == measure.part
        && (measure.tolerance == nil || $0.tolerance == measure.tolerance)
    }
    values = rows.map(\.places).unique().compactMap { places in
      let ofSeeds = rows.filter { $0.places == places }
      let known = ofSeeds.compactMap(\.value)
      guard !known.isEmpty else { return nil }
      let mean = known.reduce(0, +) / Double(known.count)
      return (
        places, mean, ofSeeds.compactMap(\.low95).min() ?? mean, ofSeeds.compactMap(\.high95).max() ?? mean
      )
    }
    guard let model = values.first(where: { $0.kind == "model" }) else { return nil }
    label = measure.label
    note = "\(oneDecimal(model.value)) \(intervalText(model.low, model.high))"
  }

  func rows(at row: Int) -> [[String]] {
    [["\(row)", label, "label", "", "", "", note]]
      + values.map { ["\(row)", label, $0.kind, $0.value.field, $0.low.field, $0.high.field, ""] }
  }
}
