import Foundation
import Records

/// The simulated efficiency of steps on many threads, with measurements on real ones.
public struct SimulatedEfficiency: Figure {
  public let name = "simulated-efficiency"
  public let columns = ["series", "threads", "efficiency_percent", "measured_percent"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws the rows of simulated-scaling.csv; throws `noData` without two numbers of threads.
  public init(of simulated: [SimulatedScalingRow]) throws(FiguresError) {
    struct Kind: Hashable {
      let model, phase: String
    }
    func kind(_ row: SimulatedScalingRow) -> Kind { Kind(model: row.model, phase: row.phase) }
    let kinds = simulated.map(kind).unique()
    let all = kinds.map { one in simulated.filter { kind($0) == one }.sorted { $0.threads < $1.threads } }
    let most = simulated.map(\.threads).max() ?? 0
    let lines = zip(kinds, all).map { one, rows in
      let points = rows.map { (x: $0.threads, efficiency: $0.efficiency) }
      let name = "\(one.model == "s3n" ? "S3N" : "ResNet") \(one.phase == "train" ? "training" : "inference")"
      return EfficiencyLines.Line(
        label: "\(name), \(EfficiencyLines.endText(points)) at \(most)",
        colour: one.model == "s3n" ? Style.blue : Style.vermilion, isDashed: one.phase != "train", points: points)
    }
    let chart = try EfficiencyLines(lines, of: "threads", figure: name)
    let first = simulated[0]
    rows = all.enumerated().flatMap { index, rows in
      let single = rows.first { $0.threads == 1 }?.measured
      return rows.map { row in
        let measured = single.flatMap { one in row.measured.map { 100 * one / ($0 * Double(row.threads)) } }
        return ["\(index)", "\(row.threads)", (100 * row.efficiency).field, measured?.field ?? ""]
      }
    }
    size = chart.size
    let plots = lines.enumerated().flatMap { number, line in
      let mine = "($1 == \(number) ? $2 : NaN)"
      return [
        "data using \(mine):3 with lines \(line.style) title 'simulated'",
        "data using \(mine):4 with points pointtype 7 pointsize dot linecolor rgb '\(line.colour)' title 'measured'",
      ]
    }
    let memory = first.bandwidth.map { "\(shortNumber($0)) GB/s" } ?? "memory never short"
    let head = chart.commands(
      title: "Efficiency on many threads, simulated", subtitle: Self.subtitle(first),
      caption: "Lines: tasks of one thread, shared out as the engine would; \(memory). Points: measured.",
      axis: "threads", xs: Set(simulated.map(\.threads)).filter { $0.nonzeroBitCount == 1 || $0 == most }.sorted())
    commands = """
      \(head)
      plot \(plots.joined(separator: ", \\\n  "))
      """
  }

  private static func subtitle(_ row: SimulatedScalingRow) -> String {
    let backbone = row.backbone.replacing("resnet", with: "ResNet-")
    return
      "\(backbone), batch \(row.batch), \(row.size) x \(row.size) pixels, \(row.variant), recorded on \(row.machine)"
  }
}
