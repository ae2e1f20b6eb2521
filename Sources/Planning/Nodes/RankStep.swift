import Experiments

/// The computed duration of a training step on several ranks. Each rank processes its groups in sequence, while another
/// thread exchanges each bucket of gradients once these are final and the previous bucket is done.
public struct RankStep: Equatable, Sendable, Encodable {
  /// The link between the ranks.
  public struct Link: Equatable, Sendable {
    /// What a rank can send while receiving as much.
    public var bytesPerSecond: Double
    /// The time until a message's first byte has arrived and been noticed.
    public var latencySeconds: Double

    public init(bytesPerSecond: Double, latencySeconds: Double) {
      (self.bytesPerSecond, self.latencySeconds) = (bytesPerSecond, latencySeconds)
    }

    /// Ethernet with this many gigabits per second; 1448 of the 1538 bytes of a frame are payload.
    public init(gigabits: Double, latencySeconds: Double = 1e-4) {
      self.init(bytesPerSecond: gigabits * 1e9 / 8 * 1448 / 1538, latencySeconds: latencySeconds)
    }
  }

  /// The work of a step on one rank.
  public struct Work: Equatable, Sendable {
    /// Forward and backward of one group.
    public var passSeconds: Double
    /// Work done once per step, such as the update.
    public var fixedSeconds: Double
    public var gradients: [GradientPart]

    public init(passSeconds: Double, fixedSeconds: Double, gradients: [GradientPart]) {
      (self.passSeconds, self.fixedSeconds, self.gradients) = (passSeconds, fixedSeconds, gradients)
    }
  }

  public let ranks: Int
  public let groups: Int
  /// The computation of the busiest rank, without exchanges.
  public let computeSeconds: Double
  /// All exchanges of a rank.
  public let exchangeSeconds: Double
  /// The part of the exchanges that backward does not hide.
  public let waitSeconds: Double
  /// The speedup over one rank, divided by the number of ranks.
  public let efficiency: Double

  public var seconds: Double { computeSeconds + waitSeconds }

  enum CodingKeys: String, CodingKey {
    case ranks, groups, efficiency
    case computeSeconds = "compute_seconds"
    case exchangeSeconds = "exchange_seconds"
    case waitSeconds = "wait_seconds"
  }

  public init(of work: Work, groups: Int, ranks: Int, over link: Link) {
    let rounds = (groups + ranks - 1) / ranks
    let buckets = GradientPart.buckets(of: work.gradients.map(\.bytes)).map { range in
      let parts = work.gradients[range]
      return (bytes: parts.reduce(0) { $0 + $1.bytes }, finalAt: parts.last?.finalAt ?? 1)
    }
    var (free, exchange) = (0.0, 0.0)
    for round in 0..<rounds where ranks > 1 {
      for bucket in buckets {
        // A rank sends a part of the bucket to each other rank, and after the last round the sum of its own part.
        let messages = Double((ranks - 1) * (round + 1 < rounds ? 1 : 2))
        let seconds =
          messages * (Double(bucket.bytes) / Double(ranks) / link.bytesPerSecond + link.latencySeconds)
        free = max(free, (Double(round) + bucket.finalAt) * work.passSeconds) + seconds
        exchange += seconds
      }
    }
    let passes = Double(rounds) * work.passSeconds
    (self.ranks, self.groups) = (ranks, groups)
    computeSeconds = passes + work.fixedSeconds
    exchangeSeconds = exchange
    waitSeconds = max(0, free - passes)
    let alone = Double(groups) * work.passSeconds + work.fixedSeconds
    efficiency = alone / (Double(ranks) * (computeSeconds + waitSeconds))
  }
}
