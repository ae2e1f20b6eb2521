import Records

/// If a program ran several times, all rounds must give the results of its first: only that is compared.
extension Gate {
  /// The runs of this side whose rounds differ.
  func roundChecks() -> [Check] {
    deviations(now).map { deviation in
      Check(
        measure: .weights, subject: deviation.run, baseline: "round 1", now: "round \(deviation.round)",
        change: deviation.what, outcome: .regression)
    }
  }

  /// The same for the baseline, where it is no regression.
  var roundNotes: [String] {
    deviations(baseline).map { "The baseline's own rounds differ: \($0.run), round \($0.round): \($0.what)." }
  }

  /// For each run, the first round, from 1, that differs from the first one.
  private func deviations(_ side: [RecordedRuns]) -> [(run: String, round: Int, what: String)] {
    guard side.count > 1 else { return [] }
    return side[0].records.runIDs.compactMap { run in
      let (fingerprints, answers) = (side[0].fingerprints(of: run), side[0].answers(of: run))
      for (index, other) in side.enumerated().dropFirst() {
        if let epoch = firstDifference(fingerprints, other.fingerprints(of: run)) {
          return (run, index + 1, "other bits from epoch \(epoch) on")
        }
        if answers != other.answers(of: run) { return (run, index + 1, "equal weights, other answers") }
      }
      return nil
    }
  }
}
