import Records

extension Gate {
  /// Checks training memory, and the system allocations of a warm step: the most over runs and epochs.
  func memoryChecks() -> [Check] {
    cells.flatMap { label, runs -> [Check] in
      let ids = Set(runs.map(\.runID))
      func most(_ folders: [RecordedRuns], _ value: (MemoryRow) -> Int) -> Int? {
        folders.flatMap(\.records.memory).filter { ids.contains($0.runID) }.map(value).max()
      }
      var checks: [Check] = []
      if let before = most(baseline, \.peakTensorBytes), let after = most(now, \.peakTensorBytes) {
        checks.append(
          .ratio(
            .memory, "\(label), tensors of a training pass", before, after, allowed: tolerance.memoryRatio,
            unit: " bytes"))
      }
      if let before = most(baseline, \.allocationsPerStep), let after = most(now, \.allocationsPerStep) {
        checks.append(.ratio(.allocations, "\(label), a warm training step", before, after, allowed: 1))
      }
      return checks
    }
  }
}
