import Foundation
import Records

/// How well steps of models would use many threads, by simulation, with what was measured on real ones.
public struct SimulatedEfficiency: Figure {
  public let name = "simulated-efficiency"
  public let columns = ["series", "threads", "efficiency_percent", "measured_percent"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// From the rows of simulated-scaling.csv; throws `noData` without two numbers of threads.
  public init(of simulated: [SimulatedScalingRow]) throws(FiguresError) {
    struct Line: Hashable {
      let model, phase: String
    }
    func line(_ row: SimulatedScalingRow) -> Line { Line(model: row.model, phase: row.phase) }
    let lines = simulated.map(line).unique()
    let most = simulated.map(\.threads).max() ?? 0
    guard let first = simulated.first, most > 1 else {
      throw .noData(figure: name, needed: "steps on two numbers of threads or more")
    }
    let all = lines.map { one in simulated.filter { line($0) == one }.sorted { $0.threads < $1.threads } }
    let series = zip(lines, all).map { line, rows in
      let end = Style.number(100 * (rows.last?.efficiency ?? 0), digits: 0)
      let name = line.model == "s3n" ? "S3N" : "ResNet"
      return (
        label: "\(name) \(line.phase == "train" ? "training" : "inference"), \(end) % at \(most)",
        colour: line.model == "s3n" ? Style.blue : Style.vermilion, isDashed: line.phase != "train"
      )
    }
    rows = all.enumerated().flatMap { index, rows in
      let single = rows.first { $0.threads == 1 }?.measured
      return rows.map { row in
        let measured = single.flatMap { one in row.measured.map { 100 * one / ($0 * Double(row.threads)) } }
        return ["\(index)", "\(row.threads)", (100 * row.efficiency).field, measured?.field ?? ""]
      }
    }
    let margins = Style.Margins(leftLabels: ["100 %"], rightLabels: series.map(\.label))
    let size = FigureSize(width: 520 + margins.left + margins.right, height: 440)
    self.size = size
    let xs = Set(simulated.map(\.threads)).filter { $0.nonzeroBitCount == 1 || $0 == most }.sorted().map(Double.init)
    let memory = first.bandwidth.map { "\(shortNumber($0)) GB/s" } ?? "memory never short"
    let labels = LineLabels.commands(
      zip(series, all).map { .init(text: $0.label, colour: $0.colour, end: $1.last?.efficiency ?? 0) }, from: 10,
      height: size.height - Style.headHeight - ScalingSeries.footHeight, shift: 10, in: size)
    let plots = series.enumerated().flatMap { number, line in
      let mine = "($1 == \(number) ? $2 : NaN)"
      return [
        "data using \(mine):3 with lines \(line.isDashed ? "dashtype (12,8)" : "dashtype solid") linewidth 2 "
          + "linecolor rgb '\(line.colour)' title 'simulated'",
        "data using \(mine):4 with points pointtype 7 pointsize dot linecolor rgb '\(line.colour)' title 'measured'",
      ]
    }
    commands = """
      \(Style.frame(
        title: "Efficiency on many threads, simulated",
        subtitle: Self.subtitle(first),
        caption: "Lines: tasks of one thread, shared out as the engine would; \(memory). Points: measured.",
        size: size, margins: margins))
      \(ScalingSeries.axes("threads", xs: xs, size: size))
      set logscale x 2
      set xrange [1:\(most)]
      set yrange [0:100]
      set ytics 0,20 format '%g %%'
      \(labels)
      plot \(plots.joined(separator: ", \\\n  "))
      """
  }

  private static func subtitle(_ row: SimulatedScalingRow) -> String {
    let backbone = row.backbone.replacing("resnet", with: "ResNet-")
    return
      "\(backbone), batch \(row.batch), \(row.size) x \(row.size) pixels, \(row.variant), recorded on \(row.machine)"
      .shortened(to: 84)
  }
}
