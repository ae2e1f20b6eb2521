extension RunRecords {
  /// Checks that runs.csv has each fact about a run exactly once, with the values that follow from epochs.csv.
  func factFindings(_ run: String) -> [Finding] {
    let rows = runs.enumerated().filter { $0.element.runID == run }
    let facts = rows.map(\.element.fact)
    let heads = heads(of: run)
    let expected = Set(
      isFinished(run)
        ? RunFacts.finished(heads: heads, classes: recipe.dataset.classes.count) : RunFacts.diverged(heads: heads))
    var findings: [Finding] = []
    for fact in expected.subtracting(facts).sorted(by: { "\($0)" < "\($1)" }) {
      findings.append(Finding(.runs, run, expected: "\(fact) once", found: "no such row"))
    }
    var lines: [RunFacts.Fact: Int] = [:]
    for (index, row) in rows {
      let place = "\(RunRow.line(ofRow: index)), \(row.fact) in \(run)"
      if let first = lines.updateValue(index, forKey: row.fact) {
        findings.append(
          Finding(.runs, place, expected: "it once", found: "it again after \(RunRow.line(ofRow: first))"))
      } else if !expected.contains(row.fact) {
        findings.append(Finding(.runs, place, expected: "a fact that runs have", found: "\(row.fact)"))
      }
      if row.cell != rows[0].element.cell || row.seed != rows[0].element.seed || row.status != rows[0].element.status {
        findings.append(
          Finding(.runs, place, expected: "variant, parameters, seed and status of its other rows", found: "others"))
      }
      if (row.value?.isFinite ?? false) != isFinished(run) {
        findings.append(
          Finding(
            .runs, place, expected: isFinished(run) ? "a number" : "no value, as it diverged", found: row.value.field))
      }
    }
    return findings + (isFinished(run) ? courseFindings(rows, heads: heads) : [])
  }

  /// Checks the values that follow from a finished run's epochs: those of the last epoch, and the best one.
  private func courseFindings(_ rows: [(offset: Int, element: RunRow)], heads: [String]) -> [Finding] {
    let run = rows[0].element.runID
    let course = Dictionary(grouping: epochs.filter { $0.runID == run }, by: \.fact)
    let best = heads.first.flatMap { head -> Int? in
      let accuracies = course[.init(head: head, metric: Metric.top1)] ?? []
      let most = accuracies.compactMap(\.value).max()
      return accuracies.first { $0.value == most }?.epoch
    }
    return rows.compactMap { index, row in
      let expected: Double?
      switch row.metric {
      case Metric.top1, Metric.agreement, Metric.trainLoss: expected = course[row.fact]?.last?.value
      case Metric.bestTop1:
        expected = course[.init(head: row.head, metric: Metric.top1)]?.first { $0.epoch == best }?.value
      case Metric.bestEpoch: expected = best.map(Double.init)
      default: return nil
      }
      guard expected != row.value else { return nil }
      return Finding(
        .runs, "\(RunRow.line(ofRow: index)), \(row.fact) in \(run)",
        expected: expected.map { "\($0.field), as epochs.csv leads to" } ?? "rows in epochs.csv that lead to it",
        found: row.value.field)
    }
  }
}
