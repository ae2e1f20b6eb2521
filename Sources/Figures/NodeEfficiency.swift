import Foundation
import Records

/// How well training steps would use several nodes with a group of images each, by link and speed of the nodes.
public struct NodeEfficiency: Figure {
  public let name = "node-efficiency"
  public let columns = ["series", "nodes", "efficiency_percent"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// From the rows of node-scaling.csv; throws `noData` without two numbers of nodes.
  public init(of computed: [NodeScalingRow]) throws(FiguresError) {
    struct Line: Hashable {
      let gigabits, speed: Double
    }
    func line(_ row: NodeScalingRow) -> Line { Line(gigabits: row.gigabits, speed: row.speed) }
    let lines = computed.map(line).unique()
    let most = computed.map(\.nodes).max() ?? 0
    guard let first = computed.first, most > 1 else {
      throw .noData(figure: name, needed: "steps on two numbers of nodes or more")
    }
    let all = lines.map { one in computed.filter { line($0) == one }.sorted { $0.nodes < $1.nodes } }
    let speeds = lines.map(\.speed).unique()
    let links = lines.map(\.gigabits).unique()
    let series = zip(lines, all).map { line, rows in
      let end = Style.number(100 * (rows.last?.efficiency ?? 0), digits: 0)
      let nodes =
        speeds.count == 1 ? "" : line.speed == 1 ? ", this machine's speed" : ", \(shortNumber(line.speed)) times it"
      return (
        label: "\(shortNumber(line.gigabits)) Gbit/s\(nodes): \(end) %",
        colour: [Style.vermilion, Style.blue, Style.green, Style.purple][
          (links.firstIndex(of: line.gigabits) ?? 0) % 4],
        isDashed: line.speed != speeds[0]
      )
    }
    rows = all.enumerated().flatMap { index, rows in
      rows.map { ["\(index)", "\($0.nodes)", (100 * $0.efficiency).field] }
    }
    let margins = Style.Margins(leftLabels: ["100 %"], rightLabels: series.map(\.label))
    let size = FigureSize(width: 520 + margins.left + margins.right, height: 440)
    self.size = size
    let xs = Set(computed.map(\.nodes)).sorted().map(Double.init)
    let labels = LineLabels.commands(
      zip(series, all).map { .init(text: $0.label, colour: $0.colour, end: $1.last?.efficiency ?? 0) }, from: 10,
      height: size.height - Style.headHeight - ScalingSeries.footHeight, shift: 10, in: size)
    let plots = series.enumerated().map { number, line in
      "data using ($1 == \(number) ? $2 : NaN):3 with linespoints \(line.isDashed ? "dashtype (12,8)" : "dashtype solid") "
        + "linewidth 2 pointtype 7 pointsize 0.5 linecolor rgb '\(line.colour)' notitle"
    }
    commands = """
      \(Style.frame(
        title: "Efficiency on several nodes, computed",
        subtitle: "\(first.subject), timed on \(first.machine)".shortened(to: 84),
        caption: "A group of images a node, \(shortNumber(1e6 * first.latency)) µs a message; dotted: 80 %.",
        size: size, margins: margins))
      \(ScalingSeries.axes("nodes", xs: xs, size: size))
      set logscale x 2
      set xrange [1:\(most)]
      set yrange [0:100]
      set ytics 0,20 format '%g %%'
      \(labels)
      plot 80 with lines dashtype (2,4) linewidth 1 linecolor rgb '\(Style.quiet)' notitle, \\
        \(plots.joined(separator: ", \\\n  "))
      """
  }
}
