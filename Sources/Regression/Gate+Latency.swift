import Records
import Statistics

extension Gate {
  /// Whether times are judged: as the user chose, or else if both were taken on one machine.
  private var gatesLatency: Bool {
    tolerance.latency.map { $0 == .gate } ?? !environmentDifferences.contains(where: \.decidesTimes)
  }

  /// Checks whole steps and the stages that take a large enough share of them: slower means beyond the tolerated ratio
  /// of the medians and significant by the Mann-Whitney U test.
  func latencyChecks() -> [Check] {
    cells.flatMap { label, runs -> [Check] in
      let before = StageTimes(of: baseline, runs: runs.map(\.runID))
      let after = StageTimes(of: now, runs: runs.map(\.runID))
      return before.stages.compactMap { stage in
        guard max(before.share(of: stage), after.share(of: stage)) >= tolerance.leastShare else { return nil }
        return latencyCheck("\(label), \(stage.phase) \(stage.name)", before[stage], after[stage])
      }
    }
  }

  private func latencyCheck(_ subject: String, _ baseline: [Double], _ now: [Double]) -> Check? {
    guard let before = median(baseline), let after = median(now), before > 0,
      let test = MannWhitneyTest(now, baseline)
    else { return nil }
    let ratio = after / before
    let pValue = test.pValue(ratio > 1 ? .greater : .less)
    let isLarge = ratio > tolerance.latencyRatio || ratio < 1 / tolerance.latencyRatio
    let isReal = isLarge && pValue < tolerance.latencyLevel
    func milliseconds(_ nanoseconds: Double) -> String { decimal(1e-6 * nanoseconds, 3) + " ms" }
    return Check(
      measure: .latency, subject: subject, baseline: milliseconds(before), now: milliseconds(after),
      change: "\(times(ratio)), p \(decimal(pValue, 4))",
      outcome: !gatesLatency ? .reported : !isReal ? .same : ratio > 1 ? .regression : .improvement)
  }
}

/// The times of the stages of one variant's steps.
///
/// With a single folder every step is a sample. With several, from repeated runs of a program, each folder's median is
/// one sample: the steps of one process are not independent.
struct StageTimes {
  struct Stage: Hashable {
    let phase, name: String
  }
  private(set) var stages: [Stage] = []
  private var samples: [Stage: [Double]] = [:]

  init(of folders: [RecordedRuns], runs: [String]) {
    let runs = Set(runs)
    for folder in folders {
      var times: [Stage: [Double]] = [:]
      // Work on other threads is not part of a step, and waiting for it is judged with the whole step; the first step
      // of a phase is cold.
      for row in folder.records.stages
      where row.phase != "load" && row.stage != "load" && row.step > 0 && runs.contains(row.runID) {
        let stage = Stage(phase: row.phase, name: row.stage)
        times[stage, default: []].append(Double(row.durationNanoseconds))
        if samples[stage] == nil {
          samples[stage] = []
          stages.append(stage)
        }
      }
      for (stage, times) in times {
        samples[stage]? += folders.count == 1 ? times : median(times).map { [$0] } ?? []
      }
    }
  }

  subscript(stage: Stage) -> [Double] { samples[stage] ?? [] }

  /// The stage's median as a share of the whole step's; 0 if either has no times.
  func share(of stage: Stage) -> Double {
    func time(_ stage: Stage) -> Double { median(self[stage]) ?? 0 }
    let step = time(Stage(phase: stage.phase, name: StageRow.wholeStep))
    return step > 0 ? time(stage) / step : 0
  }
}
