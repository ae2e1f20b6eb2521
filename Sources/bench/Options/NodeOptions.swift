import ArgumentParser
import Planning

/// The nodes among which an ablation would be divided.
struct NodeOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Also estimate this number of nodes, several of which can share a run under MPI.", valueName: "count"))
  var nodes: Int?

  @Option(help: ArgumentHelp("Network speed between the nodes (default: 10Gbit).", valueName: "10Gbit,..."))
  var link: CommaList<LinkSpeed>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Time until a message begins to arrive (default: 100).", valueName: "microseconds"))
  var latency: Double?

  @Option(
    help: ArgumentHelp("Speed of a node relative to this machine (default: 1).", valueName: "factor,..."))
  var nodeSpeed: CommaList<Double>?

  @Option(
    help: ArgumentHelp(
      "Write node-scaling.csv and the chart node-efficiency, for 1 to --nodes nodes, to this folder.", valueName: "dir"
    ))
  var nodesChart: String?

  func validate() throws {
    let others = [link != nil, latency != nil, nodeSpeed != nil, nodesChart != nil]
    guard let nodes else {
      guard !others.contains(true) else {
        throw ValidationError(
          "--link, --latency, --node-speed and --nodes-chart need --nodes, which is missing.")
      }
      return
    }
    guard (1...1024).contains(nodes) else {
      throw ValidationError("--nodes \(nodes): expected a number from 1 to 1024.")
    }
    if let latency, !(0...1e6).contains(latency) {
      throw ValidationError("--latency \(latency): expected 0 to 1000000 microseconds (one second).")
    }
    if let speeds = nodeSpeed?.values, speeds.isEmpty || !speeds.allSatisfy((0.001...1000).contains) {
      throw ValidationError("--node-speed: expected factors from 0.001 to 1000.")
    }
    if let links = link?.values, links.isEmpty || !links.map(\.gigabits).allSatisfy((0.001...100_000).contains) {
      throw ValidationError("--link: expected speeds such as 10Gbit, from 0.001Gbit to 100000Gbit.")
    }
  }

  /// Every combination of link and node speed; empty without `--nodes`.
  var clusters: [NodePlan.Cluster] {
    guard let nodes else { return [] }
    return (nodeSpeed?.values ?? [1]).flatMap { speed in
      (link?.values.map(\.gigabits) ?? [10]).map {
        NodePlan.Cluster(nodes: nodes, gigabits: $0, latencySeconds: 1e-6 * (latency ?? 100), speed: speed)
      }
    }
  }
}

/// A link's speed, such as 10Gbit or 2.5Gbit.
struct LinkSpeed: LosslessStringConvertible, Sendable {
  let gigabits: Double

  init?(_ description: String) {
    guard let match = description.wholeMatch(of: /(\d+(?:\.\d+)?)\s?[Gg]bit(?:\/s)?/), let value = Double(match.1)
    else { return nil }
    gigabits = value
  }

  var description: String { "\(gigabits)Gbit" }
}
