import ArgumentParser
import Planning

/// The nodes that an ablation would be shared out to.
struct NodeOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Also say what it would take on so many nodes, several a run under MPI.", valueName: "count"))
  var nodes: Int?

  @Option(help: ArgumentHelp("What connects the nodes (default: 10Gbit).", valueName: "10Gbit,..."))
  var link: CommaList<LinkSpeed>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Until a message begins to arrive (default: 100).", valueName: "microseconds"))
  var latency: Double?

  @Option(
    help: ArgumentHelp("How many times as fast as this machine a node is (default: 1).", valueName: "factor,..."))
  var nodeSpeed: CommaList<Double>?

  @Option(
    help: ArgumentHelp(
      "Write node-scaling.csv and the chart node-efficiency, of 1 to --nodes nodes, into this folder.", valueName: "dir"
    ))
  var nodesChart: String?

  func validate() throws {
    let others = [link != nil, latency != nil, nodeSpeed != nil, nodesChart != nil]
    guard let nodes else {
      guard !others.contains(true) else {
        throw ValidationError(
          "--link, --latency, --node-speed and --nodes-chart say more about --nodes, which is missing.")
      }
      return
    }
    guard (1...1024).contains(nodes) else {
      throw ValidationError("--nodes \(nodes) makes no sense: expected a number from 1 to 1024.")
    }
    if let latency, !(0...1e6).contains(latency) {
      throw ValidationError("--latency \(latency) makes no sense: expected microseconds from 0 to a second.")
    }
    if let speeds = nodeSpeed?.values, speeds.isEmpty || !speeds.allSatisfy((0.001...1000).contains) {
      throw ValidationError("--node-speed makes no sense: expected factors from 0.001 to 1000.")
    }
    if let links = link?.values, links.isEmpty || !links.map(\.gigabits).allSatisfy((0.001...100_000).contains) {
      throw ValidationError("--link makes no sense: expected speeds such as 10Gbit, from 0.001 to 100000.")
    }
  }

  /// Each link with each speed of the nodes; none if no nodes are asked for.
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
