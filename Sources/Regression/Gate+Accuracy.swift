import Records
import Statistics

extension Gate {
  /// Checks every head of every variant, paired by seed and image: a regression is a fall beyond the margin,
  /// significant by a one-sided sign-flip test of each image's sum over seeds, for one seed McNemar's exact test.
  func accuracyChecks() throws(NotComparable) -> [Check] {
    let (before, after) = (Answers(of: baseline[0].records), Answers(of: now[0].records))
    var pairs: [PairedHead] = []
    for (label, runs) in cells {
      let paired = runs.map(\.runID).filter { baseline[0].records.isFinished($0) && now[0].records.isFinished($0) }
      for head in paired.first.map(baseline[0].records.heads) ?? [] {
        pairs.append(try PairedHead("\(label), head \(head)", paired, head, before, after))
      }
    }
    let worse = Holm.adjusted(pairs.map(\.worsePValue))
    let better = Holm.adjusted(pairs.map(\.betterPValue))
    return pairs.enumerated().map { index, pair in
      let points = pair.points
      let (isLarge, pValue) = (abs(points) > tolerance.accuracyPoints, points < 0 ? worse[index] : better[index])
      let outcome: Check.Outcome =
        isLarge && pValue <= tolerance.accuracyLevel ? points < 0 ? .regression : .improvement : .same
      return Check(
        measure: .accuracy, subject: pair.subject, baseline: decimal(pair.percentBefore, 2) + " %",
        now: decimal(pair.percentNow, 2) + " %",
        change: (points > 0 ? "+" : "") + decimal(points, 2) + (points == 0 ? "" : ", p " + decimal(pValue, 4)),
        outcome: outcome)
    }
  }
}

/// Whether each head of each run classifies each image correctly.
struct Answers {
  struct Key: Hashable {
    let run, head: String
  }
  private var isRight: [Key: [String: Bool]] = [:]

  init(of records: RunRecords) {
    for row in records.predictions {
      isRight[Key(run: row.runID, head: row.head), default: [:]][row.image] = row.isCorrect
    }
  }

  subscript(run: String, head: String) -> [String: Bool] { isRight[Key(run: run, head: head)] ?? [:] }

  /// By image, sorted: 1 where only `now` is right, -1 where only this is, else 0. Throws `otherImages`.
  func differences(to now: Answers, run: String, head: String) throws(NotComparable) -> [Int] {
    let (mine, others) = (self[run, head], now[run, head])
    let only = Set(mine.keys).symmetricDifference(others.keys).min()
    if let only {
      throw .otherImages(run: run, difference: "\(only) is only in \(mine[only] == nil ? "this run" : "the baseline")")
    }
    return mine.sorted { $0.key < $1.key }.map { (others[$0.key] == true ? 1 : 0) - ($0.value ? 1 : 0) }
  }
}

/// One head of one variant, before and now, over all seeds that both finished.
private struct PairedHead {
  let subject: String
  let worsePValue, betterPValue: Double
  let percentBefore, percentNow: Double
  /// From the sum of differences: the difference of two rounded percentages may exceed a margin that it equals.
  let points: Double

  init(
    _ subject: String, _ runs: [String], _ head: String, _ before: Answers, _ now: Answers
  ) throws(NotComparable) {
    self.subject = subject
    var sums: [Int] = []
    var rightBefore = 0
    for run in runs {
      let differences = try before.differences(to: now, run: run, head: head)
      sums = sums.isEmpty ? differences : zip(sums, differences).map { $0 + $1 }
      rightBefore += before[run, head].values.count { $0 }
    }
    let test = SignFlipTest(sums)
    (worsePValue, betterPValue) = (test.pValue(.less), test.pValue(.greater))
    let answers = Double(max(1, runs.count * sums.count))
    percentBefore = 100 * Double(rightBefore) / answers
    percentNow = 100 * Double(rightBefore + test.sum) / answers
    points = 100 * Double(test.sum) / answers
  }
}
