import Statistics

/// How long one stage takes in the steps of one phase.
public struct StageSummary: Equatable, Sendable {
  public var phase: String
  public var stage: String
  /// The number of steps with the stage.
  public var count: Int
  /// The sum over all these steps.
  public var totalNanoseconds: Int
  public var medianNanoseconds: Double
  public var p10Nanoseconds: Double
  public var p90Nanoseconds: Double
  /// The median over the phase's steps of the stage's share of its step, 0 where a step lacks the stage; nil for a
  /// phase without whole steps.
  public var medianShare: Double?

  /// An empty summary, to read fields into.
  static var blank: Self {
    Self(
      phase: "", stage: "", count: 0, totalNanoseconds: 0, medianNanoseconds: 0, p10Nanoseconds: 0, p90Nanoseconds: 0,
      medianShare: nil)
  }

  /// Summarises each stage of each phase, in first-seen order, without the first `warmUp` steps of each run and phase.
  public static func summaries(of rows: [StageRow], warmUp: Int = 0) -> [StageSummary] {
    struct Step: Hashable {
      let runID, phase: String
      let step: Int
    }
    struct Key: Hashable {
      let phase, stage: String
    }
    var order: [Key] = []
    var durations: [Key: [(step: Step, duration: Double)]] = [:]
    var whole: [Step: Double] = [:]
    for row in rows where row.step >= warmUp {
      let step = Step(runID: row.runID, phase: row.phase, step: row.step)
      let key = Key(phase: row.phase, stage: row.stage)
      if durations[key] == nil { order.append(key) }
      durations[key, default: []].append((step, Double(row.durationNanoseconds)))
      if row.stage == StageRow.wholeStep { whole[step] = Double(row.durationNanoseconds) }
    }
    let wholeSteps = whole.keys.reduce(into: [String: Int]()) { $0[$1.phase, default: 0] += 1 }
    return order.compactMap { key in
      let samples = durations[key] ?? []
      let sorted = samples.map(\.duration).sorted()
      guard let median = quantile(0.5, ofSorted: sorted), let p10 = quantile(0.1, ofSorted: sorted),
        let p90 = quantile(0.9, ofSorted: sorted)
      else { return nil }
      var shares = samples.compactMap { sample in whole[sample.step].map { $0 > 0 ? sample.duration / $0 : 0 } }
      shares += Array(repeating: 0, count: max(0, (wholeSteps[key.phase] ?? 0) - shares.count))
      return StageSummary(
        phase: key.phase, stage: key.stage, count: samples.count,
        totalNanoseconds: Int(exactly: sorted.reduce(0, +)) ?? .max, medianNanoseconds: median, p10Nanoseconds: p10,
        p90Nanoseconds: p90,
        medianShare: wholeSteps[key.phase] == nil ? nil : quantile(0.5, ofSorted: shares.sorted()))
    }
  }
}
