import Experiments

/// How long a training step takes on several ranks, by computation: each works off its groups one after the other, and a thread
/// beside it exchanges each bucket of gradients once these are final and the bucket before it is through.
public struct RankStep: Equatable, Sendable, Encodable {
  /// What connects the ranks.
  public struct Link: Equatable, Sendable {
    /// What a rank can send while it receives as much.
    public var bytesPerSecond: Double
    /// Until the first byte of a message is there and noticed.
    public var latencySeconds: Double

    public init(bytesPerSecond: Double, latencySeconds: Double) {
      (self.bytesPerSecond, self.latencySeconds) = (bytesPerSecond, latencySeconds)
    }

    /// Ethernet of so many gigabits a second, of whose frames of 1538 bytes 1448 are a message's.
    public init(gigabits: Double, latencySeconds: Double = 1e-4) {
      self.init(bytesPerSecond: gigabits * 1e9 / 8 * 1448 / 1538, latencySeconds: latencySeconds)
    }
  }

  /// What a step is made of on one rank.
  public struct Work: Equatable, Sendable {
    /// Forward and backward of one group.
    public var passSeconds: Double
    /// What is done once a step, as the update.
    public var fixedSeconds: Double
    public var gradients: [GradientPart]

    public init(passSeconds: Double, fixedSeconds: Double, gradients: [GradientPart]) {
      (self.passSeconds, self.fixedSeconds, self.gradients) = (passSeconds, fixedSeconds, gradients)
    }
  }

  public let ranks: Int
  public let groups: Int
  /// Of the rank that has most to do, exchanges apart.
  public let computeSeconds: Double
  /// All exchanges of a rank.
  public let exchangeSeconds: Double
  /// What of them backward does not cover.
  public let waitSeconds: Double
  /// How much faster than on one rank, as a share of the ranks.
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
        // A rank's part of the bucket to each other rank, and after the last round the sum of its own part.
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
