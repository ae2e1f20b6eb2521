extension RunRecords {
  /// Checks that a run's epochs count from 1 without gaps, each with the same facts once, in epochs.csv,
  /// fingerprints.csv and sampling.csv.
  func epochFindings(_ run: String) -> [Finding] {
    let rows = epochs.enumerated().filter { $0.element.runID == run }
    let count = rows.last?.element.epoch ?? 0
    var findings: [Finding] = []
    var (epoch, next) = (0, 1)
    for (index, row) in rows where row.epoch != epoch {
      if row.epoch != next {
        findings.append(
          Finding(
            .epochs, "\(EpochRow.line(ofRow: index)), \(run)", expected: "epoch \(next)",
            found: "epoch \(row.epoch)"))
      }
      // A damaged file may contain any number.
      (epoch, next) = (row.epoch, row.epoch &+ 1)
    }
    let planned = runs.first { $0.runID == run && $0.metric == Metric.bestEpoch }?.n
    if let planned, planned != count {
      findings.append(Finding(.epochs, run, expected: "\(planned) epochs", found: "\(count)"))
    }
    if rows.isEmpty { findings.append(Finding(.epochs, run, expected: "epochs", found: "none")) }
    return findings + epochFactFindings(rows, run) + seriesFindings(fingerprints, of: run, epochs: count)
      + samplingFindings(run, epochs: count)
  }

  private func epochFactFindings(_ rows: [(offset: Int, element: EpochRow)], _ run: String) -> [Finding] {
    var findings: [Finding] = []
    let byEpoch = Dictionary(grouping: rows, by: \.element.epoch)
    let facts = Set(byEpoch[1]?.map(\.element.fact) ?? [])
    for (epoch, rows) in byEpoch.sorted(by: { $0.key < $1.key }) {
      var lines: [RunFacts.Fact: Int] = [:]
      for (index, row) in rows {
        guard let first = lines.updateValue(index, forKey: row.fact) else { continue }
        findings.append(
          Finding(
            .epochs, "\(EpochRow.line(ofRow: index)), \(run)", expected: "\(row.fact) in epoch \(epoch) once",
            found: "it again after \(EpochRow.line(ofRow: first))"))
      }
      // The epoch in which a run diverged was not tested.
      guard isFinished(run) || epoch != byEpoch.keys.max() else { continue }
      for fact in facts.symmetricDifference(lines.keys).sorted(by: { "\($0)" < "\($1)" }) {
        findings.append(
          Finding(
            .epochs, "epoch \(epoch) of \(run)", expected: "the facts of epoch 1",
            found: facts.contains(fact) ? "no \(fact)" : "\(fact) too"))
      }
    }
    return findings
  }

  /// Runs of older folders and networks without peaks have no rows; an epoch in which a run diverged was not tested.
  private func samplingFindings(_ run: String, epochs count: Int) -> [Finding] {
    guard sampling.contains(where: { $0.runID == run }) else { return [] }
    return seriesFindings(sampling, of: run, epochs: isFinished(run) ? count : count &- 1)
  }

  /// Checks that the rows of a run, one per epoch, are those of the epochs 1 to `count`.
  private func seriesFindings<Row: EpochSeries>(_ series: [Row], of run: String, epochs count: Int) -> [Finding] {
    let rows = series.enumerated().filter { $0.element.runID == run }
    var findings = rows.enumerated().compactMap { position, row -> Finding? in
      guard row.element.epoch != position + 1 else { return nil }
      return Finding(
        Row.file, "\(Row.line(ofRow: row.offset)), \(run)", expected: "epoch \(position + 1)",
        found: "epoch \(row.element.epoch)")
    }
    if rows.count != count {
      findings.append(Finding(Row.file, run, expected: "\(count) epochs", found: "\(rows.count)"))
    }
    return findings
  }
}

/// A row of a file with one row for each epoch of a run.
private protocol EpochSeries: LogRow {
  var epoch: Int { get }
}
extension FingerprintRow: EpochSeries {}
extension SamplingRow: EpochSeries {}
