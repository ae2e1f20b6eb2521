/// A training step, as computed for several nodes with a group of images each: a row of node-scaling.csv. In seconds.
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
  /// The link's speed in Gbit/s.
  public var gigabits = 0.0
  public var latency = 0.0
  /// A node's speed relative to that machine.
  public var speed = 0.0
  public var nodes = 0
  public var compute = 0.0
  /// The time of all gradient exchanges, and the part that backward does not hide.
  public var exchange = 0.0
  public var wait = 0.0
  /// The speedup over one node, divided by the number of nodes.
  public var efficiency = 0.0

  public init() {}
}
