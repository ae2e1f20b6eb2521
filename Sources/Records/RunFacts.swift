/// The facts that runs.csv records about a run.
public enum RunFacts {
  /// One fact: a metric of a head or of the whole run.
  public struct Fact: Hashable, Sendable, CustomStringConvertible {
    public let head: String?
    public let metric: String

    public var description: String { head.map { "\(metric) of \($0)" } ?? metric }
  }

  /// The facts about a finished run of a network with `heads`, the predicting head first.
  public static func finished(heads: [String], classes: Int) -> [Fact] {
    let accuracies = heads.flatMap { head in
      (Accuracy.metrics(classes: classes) + [Metric.bestTop1]).map { Fact(head: head, metric: $0) }
    }
    let agreements = heads.dropFirst().map { Fact(head: $0, metric: Metric.agreement) }
    return accuracies + agreements + [Metric.bestEpoch, Metric.trainLoss].map { Fact(head: nil, metric: $0) }
  }

  /// The facts about a diverged run: rows without a value in place of its accuracies.
  public static func diverged(heads: [String]) -> [Fact] {
    heads.flatMap { head in [Metric.top1, Metric.bestTop1].map { Fact(head: head, metric: $0) } }
  }
}

extension RunRow {
  /// The fact that the row records.
  public var fact: RunFacts.Fact { .init(head: head, metric: metric) }
}

extension EpochRow {
  var fact: RunFacts.Fact { .init(head: head, metric: metric) }
}
