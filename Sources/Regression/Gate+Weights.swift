import Records

extension Gate {
  /// Whether weights must be bit-identical: as the user chose, or else if both runs round the same way.
  var requiresBits: Bool {
    tolerance.bits.map { $0 == .require } ?? !environmentDifferences.contains(where: \.decidesBits)
  }

  /// Compares the weights of every run after every epoch by their fingerprints.
  func weightChecks() -> [Check] {
    baseline[0].records.runIDs.map { run in
      let (before, after) = (baseline[0].fingerprints(of: run), now[0].fingerprints(of: run))
      let epoch = firstDifference(before, after)
      return Check(
        measure: .weights, subject: run, baseline: before.last.map { String($0.prefix(12)) } ?? "none",
        now: after.last.map { String($0.prefix(12)) } ?? "none",
        change: epoch.map { "other bits from epoch \($0) on" }
          ?? "equal after each of \(counted(before.count, "epoch"))",
        outcome: epoch == nil ? .same : requiresBits ? .regression : .reported)
    }
  }
}

/// The first epoch, from 1, after which weights differ or only one side has any; nil if there is none.
func firstDifference(_ before: [String], _ after: [String]) -> Int? {
  let equal = zip(before, after).prefix { $0 == $1 }.count
  return equal == before.count && equal == after.count ? nil : equal + 1
}
