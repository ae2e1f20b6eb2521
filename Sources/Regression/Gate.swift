import Records

/// Compares runs with those of a baseline: a pure function of their records.
public struct Gate: Sendable {
  /// The baseline's records; one per repetition if both programs ran in alternation.
  let baseline: [RecordedRuns]
  let now: [RecordedRuns]
  let tolerance: Tolerance

  /// Throws `NotComparable` for another dataset or recipe, different runs, and, if times are to be gated, another
  /// machine or missing times.
  public init(
    baseline: RecordedRuns, now: RecordedRuns, _ tolerance: Tolerance = Tolerance()
  ) throws(NotComparable) {
    try self.init(baseline: [baseline], now: [now], tolerance)
  }

  /// The same for repetitions of one command by each program; at least one of each.
  public init(
    baseline: [RecordedRuns], now: [RecordedRuns], _ tolerance: Tolerance = Tolerance()
  ) throws(NotComparable) {
    precondition(!baseline.isEmpty && !now.isEmpty, "there is nothing to compare")
    (self.baseline, self.now, self.tolerance) = (baseline, now, tolerance)
    try requireSameRecipe()
    try requireSameRuns()
    guard tolerance.latency == .gate else { return }
    let differences = environmentDifferences.filter(\.decidesTimes)
    guard differences.isEmpty else { throw .otherMachine(differences) }
    for runs in baseline + now where runs.records.stages.isEmpty { throw .noTimes(folder: runs.folder.relativePath) }
  }

  /// All checks, accuracy first.
  public func report() throws(NotComparable) -> GateReport {
    var report = GateReport()
    report.checks =
      try statusChecks() + accuracyChecks() + weightChecks() + roundChecks() + latencyChecks() + memoryChecks()
    report.notes = notes
    return report
  }

  var environmentDifferences: [EnvironmentDifference] {
    baseline[0].environments.differences(to: now[0].environments)
  }

  /// The runs of each line of the table, in their order.
  var cells: [(label: String, runs: [RunRow])] {
    let first = baseline[0].firstRows
    let rows = baseline[0].records.runIDs.compactMap { first[$0] }
    let cells = rows.map(\.cell).unique()
    return cells.map { cell in (cell.label(among: cells), rows.filter { $0.cell == cell }) }
  }

  private func requireSameRecipe() throws(NotComparable) {
    let recipe = baseline[0].records.recipe
    for other in baseline.dropFirst() + now {
      let found = other.records.recipe
      guard recipe.dataset.name == found.dataset.name else {
        throw .otherDataset(baseline: recipe.dataset.name, now: found.dataset.name)
      }
      guard recipe.dataset.version == found.dataset.version else {
        throw .otherDatasetVersion(
          dataset: recipe.dataset.name, baseline: recipe.dataset.version, now: found.dataset.version)
      }
      let differences = recipe.differences(to: found)
      guard differences.isEmpty else { throw .otherRecipe(differences) }
    }
  }

  private func requireSameRuns() throws(NotComparable) {
    let runs = baseline[0].records.runIDs
    for other in baseline.dropFirst() + now {
      let found = other.records.runIDs
      let missing = runs.filter { !found.contains($0) }
      let added = found.filter { !runs.contains($0) }
      guard missing.isEmpty, added.isEmpty else { throw .otherRuns(onlyBaseline: missing, onlyNow: added) }
    }
  }

  /// What was not judged, and why.
  private var notes: [String] {
    var notes: [String] = []
    func note(_ what: String, _ differences: [EnvironmentDifference]) {
      guard !differences.isEmpty else { return }
      notes.append("\(what): \(differences.map(\.description).joined(separator: "; ")).")
    }
    if tolerance.bits == nil {
      note("Weights need not be bit-identical", environmentDifferences.filter(\.decidesBits))
    }
    if tolerance.latency == nil { note("Times are not gated", environmentDifferences.filter(\.decidesTimes)) }
    notes += roundNotes
    for (side, runs) in [("The baseline", baseline), ("This run", now)] {
      let lacksStages = runs.contains { $0.records.stages.isEmpty }
      if lacksStages { notes.append("\(side) has no stages.csv: times are not compared.") }
      let lacksMemory = runs.contains { $0.records.memory.isEmpty }
      if lacksMemory { notes.append("\(side) has no memory.csv: memory is not compared.") }
    }
    return notes
  }

  /// Runs that diverged on only one side.
  private func statusChecks() -> [Check] {
    baseline[0].records.runIDs.compactMap { run in
      let (before, after) = (baseline[0].records.isFinished(run), now[0].records.isFinished(run))
      guard before != after else { return nil }
      func word(_ isFinished: Bool) -> String { (isFinished ? RunStatus.finished : .diverged).rawValue }
      return Check(
        measure: .accuracy, subject: run, baseline: word(before), now: word(after), change: "",
        outcome: after ? .improvement : .regression)
    }
  }
}
