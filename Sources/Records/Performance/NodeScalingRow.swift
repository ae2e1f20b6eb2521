/// A training step on some nodes with a group of images each, by computation: a row of node-scaling.csv. Times are in seconds.
public struct NodeScalingRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("subject", \.subject), .init("machine", \.machine), .init("gigabits", \.gigabits),
    .init("latency_s", \.latency),
    .init("speed", \.speed), .init("nodes", \.nodes), .init("compute_s", \.compute), .init("exchange_s", \.exchange),
    .init("wait_s", \.wait), .init("efficiency", \.efficiency),
  ]
  public static var blank: Self { Self() }

  /// The network, its images and the group, in words.
  public var subject = ""
  /// Where steps were timed.
  public var machine = ""
  /// Of the link, a second.
  public var gigabits = 0.0
  public var latency = 0.0
  /// How many times as fast as that machine a node is.
  public var speed = 0.0
  public var nodes = 0
  public var compute = 0.0
  /// All exchanges of gradients, and what of them backward does not cover.
  public var exchange = 0.0
  public var wait = 0.0
  /// How much faster than on one node, as a share of the nodes.
  public var efficiency = 0.0

  public init() {}
}
