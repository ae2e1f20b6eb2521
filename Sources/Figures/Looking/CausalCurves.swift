import Records

/// Deletion and insertion curves of each saliency map: the means over the images of curves.csv.
public struct CausalCurves: Figure {
  public let name = "mean-curves"
  public let columns = ["panel", "map", "share_percent", "probability", "colour"]
  public let rows: [[String]]
  public let size = FigureSize(width: 800, height: 640)
  public let commands: String
  public let hasPanels = true

  /// Draws rows of curves.csv; `subject` describes what was measured.
  public init(of points: [CurveRow], subject: String) throws(FiguresError) {
    let (curves, maps) = (points.map(\.curve).unique(), points.map(\.map).unique())
    guard !points.isEmpty else { throw .noData(figure: name, needed: "rows of curves.csv") }
    let lines = curves.enumerated().flatMap { panel, curve in
      maps.enumerated().compactMap { index, map in
        MeanCurve(
          map, panel: panel, colour: Style.colour(index), of: points.filter { $0.map == map && $0.curve == curve })
      }
    }
    rows = lines.flatMap(\.rows)
    let right = 28 + (lines.map { Style.width(of: $0.label) }.max() ?? 0)
    let size = self.size
    commands = Panel.all(
      Style.texts(
        title: "What deletion and insertion say of the maps", subtitle: subject.shortened(to: 92),
        caption:
          "Behind the names the areas under the mean curves. Deletion: the lower, the better the map; insertion: the higher.",
        size: size),
      curves.enumerated().map { index, curve in
        let panel = Panel(left: 64, right: size.width - right, top: 116 + 250 * index, bottom: 286 + 250 * index)
        let mine = lines.filter { $0.panel == index }
        let labels = LineLabels.commands(
          mine.map { .init(text: $0.label, colour: $0.colour, end: $0.means.last?.score ?? 0) },
          height: panel.bottom - panel.top, in: size)
        let isLast = index == curves.count - 1
        return """
          \(panel.margins(in: size))
          \(Panel.axes(grid: "ytics"))
          \(Panel.title("Probability of the answer, \(curve)"))
          \(isLast ? "set xlabel '% of the pixels' font ',13' textcolor rgb '\(Style.quiet)'" : "unset xlabel")
          set xrange [0:100]
          set yrange [0:1]
          set ytics 0,0.25
          \(labels)
          plot data using 3:($1 == \(index) ? $4 : NaN):5 with lines linewidth 2 linecolor rgb variable title '\(curve)'
          """
      })
  }
}

/// One line of a panel: the mean over images at each share of the pixels.
private struct MeanCurve {
  let panel: Int
  let colour: String
  let means: [(share: Double, score: Double)]
  private let map: String
  private let area: Double

  /// Nil without points.
  init?(_ map: String, panel: Int, colour: String, of points: [CurveRow]) {
    guard !points.isEmpty else { return nil }
    (self.map, self.panel, self.colour) = (map, panel, colour)
    means = Dictionary(grouping: points, by: \.share).sorted { $0.key < $1.key }.map { share, points in
      let sum = points.reduce(0) { $0 + Double($1.probability) }
      return (share, sum / Double(points.count))
    }
    // All rows of an image hold its area.
    let areas = points.filter { $0.share == 0 }.map(\.area)
    area = areas.reduce(0, +) / Double(max(areas.count, 1))
  }

  var label: String { "\(map) \(Style.number(area, digits: 3))" }

  /// A row without a number ends the line.
  var rows: [[String]] {
    let shade = "\(Int(colour.dropFirst(), radix: 16) ?? 0)"
    return means.map { ["\(panel)", map, (100 * $0.share).field, $0.score.field, shade] }
      + [["\(panel)", map, "100.0", "nan", "0"]]
  }
}
