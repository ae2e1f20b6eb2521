import Foundation
import Records

/// The computed efficiency of training steps on several nodes with one group of images each, by link and node speed.
public struct NodeEfficiency: Figure {
  public let name = "node-efficiency"
  public let columns = ["series", "nodes", "efficiency_percent"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws the rows of node-scaling.csv; throws `noData` without two numbers of nodes.
  public init(of computed: [NodeScalingRow]) throws(FiguresError) {
    struct Kind: Hashable {
      let gigabits, speed: Double
    }
    func kind(_ row: NodeScalingRow) -> Kind { Kind(gigabits: row.gigabits, speed: row.speed) }
    let kinds = computed.map(kind).unique()
    let (speeds, links) = (kinds.map(\.speed).unique(), kinds.map(\.gigabits).unique())
    let lines = kinds.map { one in
      let points = computed.filter { kind($0) == one }.sorted { $0.nodes < $1.nodes }
        .map { (x: $0.nodes, efficiency: $0.efficiency) }
      let nodes =
        speeds.count == 1 ? "" : one.speed == 1 ? ", this machine's speed" : ", \(shortNumber(one.speed)) times it"
      return EfficiencyLines.Line(
        label: "\(shortNumber(one.gigabits)) Gbit/s\(nodes): \(EfficiencyLines.endText(points))",
        colour: [Style.vermilion, Style.blue, Style.green, Style.purple][(links.firstIndex(of: one.gigabits) ?? 0) % 4],
        isDashed: one.speed != speeds[0], points: points)
    }
    let chart = try EfficiencyLines(lines, of: "nodes", figure: name)
    let first = computed[0]
    rows = lines.enumerated().flatMap { index, line in
      line.points.map { ["\(index)", "\($0.x)", (100 * $0.efficiency).field] }
    }
    size = chart.size
    let plots = lines.enumerated().map { number, line in
      "data using ($1 == \(number) ? $2 : NaN):3 with linespoints \(line.style) pointtype 7 pointsize 0.5 notitle"
    }
    let head = chart.commands(
      title: "Efficiency on several nodes, computed", subtitle: "\(first.subject), timed on \(first.machine)",
      caption: "A group of images a node, \(shortNumber(1e6 * first.latency)) µs a message; dotted: 80 %.",
      axis: "nodes", xs: Set(computed.map(\.nodes)).sorted())
    commands = """
      \(head)
      plot 80 with lines dashtype (2,4) linewidth 1 linecolor rgb '\(Style.quiet)' notitle, \\
        \(plots.joined(separator: ", \\\n  "))
      """
  }
}
