/// How many times as fast as another program we do the same work.
public struct PeerRatio: Equatable, Sendable {
  public let own: StepTime
  /// One way in which another program does it.
  public let peer: StepTime
  /// The peer's median time over ours: above 1, we are faster.
  public let ratio: Double
  /// The smallest and largest ratio of the medians of a single round.
  public let range: ClosedRange<Double>

  /// One ratio for each of our subjects and each way in which another program did its work, in first-seen order.
  public static func ratios(of rows: [PerformanceRow]) -> [PeerRatio] {
    let times = StepTime.times(of: rows)
    let isOwn = { (time: StepTime) in time.subject.implementation == PerformanceSubject.ownName }
    let peers = times.filter { !isOwn($0) }
    return times.filter(isOwn).flatMap { own in
      peers.filter { $0.work == own.work }.compactMap { PeerRatio(own: own, peer: $0) }
    }
  }

  /// For each piece of our work, the ratio against the fastest peer.
  public static func strongest(of ratios: [PeerRatio]) -> [PeerRatio] {
    ratios.map(\.own.subjectAndPhase).unique().compactMap { work in
      ratios.filter { $0.own.subjectAndPhase == work }.min { $0.ratio < $1.ratio }
    }
  }

  private init?(own: StepTime, peer: StepTime) {
    guard own.medianNanoseconds > 0 else { return nil }
    let ratio = peer.medianNanoseconds / own.medianNanoseconds
    let rounds = own.roundMedians.compactMap { round, time in
      time > 0 ? peer.roundMedians[round].map { $0 / time } : nil
    }
    self.own = own
    self.peer = peer
    self.ratio = ratio
    range = min(ratio, rounds.min() ?? ratio)...max(ratio, rounds.max() ?? ratio)
  }

  public var status: PerformanceRow.Status { own.status == .final && peer.status == .final ? .final : .busy }

  /// The ratio that the engine aims for against the fastest peer; nil where none was set.
  public var target: Double? {
    switch (own.subject.model, own.phase, own.subject.precision, own.subject.limit) {
    case ("s3n", "train", "fp32", nil): 2.1
    case ("resnet", "train", "fp32", nil): 1.9
    case ("s3n", "train", "bf16", _): 1.7
    case ("resnet", "train", "bf16", _): 1.5
    case ("s3n", "train", _, _), ("resnet", "train", _, _): 2
    case ("s3n", "infer", "fp32", nil): 1.3
    case ("s3n", "infer", _, _), ("resnet", "infer", _, _): 1
    case ("resampling", "infer", _, _): 3
    case ("loader", _, _, _): 1.5
    default: nil
    }
  }
}

extension StepTime {
  /// Equal for two programs that do the same work.
  fileprivate var work: [String] {
    let s = subject
    return [
      phase, s.machine, s.precision, s.limit.field, s.model, s.backbone, s.size.field, s.batch.field, s.threads.field,
      // Each program smooths in its own way.
      s.model == "smoothing" ? s.grid.field : "",
    ]
  }

  /// Distinguishes our own results.
  fileprivate var subjectAndPhase: [String] { work + [subject.version, subject.variant, subject.smoothing.field] }

  /// The work in words: "S3N (ResNet-50) training step, batch 8".
  public var title: String { subject.title(phase: phase) }
}

extension PerformanceSubject {
  /// The work in a phase, in words.
  package func title(phase: String) -> String {
    // "ResNet-50" for "resnet50".
    let network = backbone.replacing("resnet", with: "ResNet-")
    switch (model, phase) {
    case ("s3n", "train"): return "S3N (\(network)) training step, batch \(batch)"
    case ("s3n", _): return "S3N (\(network)) inference, batch \(batch)"
    case ("resnet", "train"): return "\(network) training step, batch \(batch)"
    case ("resnet", _): return "\(network) inference, batch \(batch)"
    case ("smoothing", "train"): return "Smoothing of \(batch) maps, forward and backward"
    case ("smoothing", _): return "Smoothing of \(batch) maps, forward"
    case ("resampling", "train"): return "Resampling of \(batch) images, forward and backward"
    case ("resampling", _): return "Resampling of \(batch) images"
    case ("loader", "train"): return "JPEG to training image"
    case ("loader", _): return "JPEG to test image"
    default: return "\(model), \(phase), batch \(batch)"
    }
  }
}
