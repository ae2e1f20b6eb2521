import Foundation
import Records

extension NodePlan {
  /// The ways to divide the nodes, and the efficiency of more of them.
  public var text: String {
    let speed =
      cluster.speed == 1 ? "as fast as this machine" : "\(number(cluster.speed)) times as fast as this machine"
    let table = TextTable(
      header: ["nodes per run", "runs at a time", "step", "waiting", "efficiency", "all runs"],
      rows: divisions.map {
        [
          "\($0.nodesPerRun)", "\($0.runsAtOnce)", "\(number($0.stepSeconds)) s", "\(number($0.waitSeconds)) s",
          percent($0.efficiency), days($0.seconds),
        ]
      })
    let head =
      "On \(counted(cluster.nodes, "node")), each \(speed), with \(number(cluster.gigabits)) Gbit/s between them:"
    return [head, table.text.trimmingCharacters(in: .newlines), shared, grown].joined(separator: "\n")
  }

  private var shared: String {
    groups == 1
      ? "A batch is one group of images that share statistics, so a run uses one node: --bn-batch makes more groups."
      : "A batch of \(batch) images is \(groups) groups of up to \(groupImages) (--bn-batch): no more nodes can share a run."
  }

  private var grown: String {
    let list = growing.dropFirst().map { "\(percent($0.efficiency)) on \($0.ranks)" }.joined(separator: ", ")
    let end = inefficientFrom.map { "below 80 % from \($0) nodes on" } ?? "at least 80 % up to 1024 nodes"
    return "Efficiency with one group per node, which changes results: \(list.isEmpty ? "" : "\(list); ")\(end)."
  }

  private func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }

  private func number(_ value: Double) -> String { String(format: value < 100 ? "%.3g" : "%.0f", value) }

  private func days(_ seconds: Double) -> String {
    seconds < 86_400 ? durationText(seconds.rounded(.up)) : String(format: "%.1f days", seconds / 86_400)
  }
}

extension NodePlan {
  /// `growing` as rows of node-scaling.csv.
  public var rows: [NodeScalingRow] {
    growing.map { step in
      var row = NodeScalingRow()
      (row.subject, row.machine, row.nodes) = (subject, machine, step.ranks)
      (row.gigabits, row.latency, row.speed) = (cluster.gigabits, cluster.latencySeconds, cluster.speed)
      (row.compute, row.exchange, row.wait) = (step.computeSeconds, step.exchangeSeconds, step.waitSeconds)
      row.efficiency = step.efficiency
      return row
    }
  }
}

extension NodePlan: Encodable {
  enum CodingKeys: String, CodingKey {
    case nodes, gigabits, speed, divisions, growing
    case latencySeconds = "latency_seconds"
    case inefficientFrom = "inefficient_from_nodes"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cluster.nodes, forKey: .nodes)
    try container.encode(cluster.gigabits, forKey: .gigabits)
    try container.encode(cluster.speed, forKey: .speed)
    try container.encode(cluster.latencySeconds, forKey: .latencySeconds)
    try container.encode(divisions, forKey: .divisions)
    try container.encode(growing, forKey: .growing)
    try container.encode(inefficientFrom, forKey: .inefficientFrom)
  }
}
