/// Selecting the records of some runs.
extension RunRecords {
  /// The records without rows of runs that runs.csv lacks, such as one in progress.
  var ofFinishedRuns: RunRecords {
    let finished = Set(runIDs)
    func rows<Row>(_ all: [Row], by run: (Row) -> String) -> [Row] { all.filter { finished.contains(run($0)) } }
    return RunRecords(
      recipe: recipe, runs: runs, epochs: rows(epochs, by: \.runID), predictions: rows(predictions, by: \.runID),
      fingerprints: rows(fingerprints, by: \.runID), stages: rows(stages, by: \.runID),
      memory: rows(memory, by: \.runID), sampling: rows(sampling, by: \.runID))
  }

  /// The records of each run of runs.csv, in its order.
  var ofEachRun: [RunRecords] {
    func rows<Row>(_ all: [Row], by run: (Row) -> String) -> [String: [Row]] { Dictionary(grouping: all, by: run) }
    let (runs, epochs) = (rows(runs, by: \.runID), rows(epochs, by: \.runID))
    let (predictions, fingerprints) = (rows(predictions, by: \.runID), rows(fingerprints, by: \.runID))
    let (stages, memory) = (rows(stages, by: \.runID), rows(memory, by: \.runID))
    let sampling = rows(sampling, by: \.runID)
    return runIDs.map { run in
      RunRecords(
        recipe: recipe, runs: runs[run] ?? [], epochs: epochs[run] ?? [], predictions: predictions[run] ?? [],
        fingerprints: fingerprints[run] ?? [], stages: stages[run] ?? [], memory: memory[run] ?? [],
        sampling: sampling[run] ?? [])
    }
  }
}
