extension RunRecords {
  /// Checks that finished runs have a prediction of each head for each image, and the accuracies that follow from them.
  var predictionFindings: [Finding] {
    struct Key: Hashable { let run, head: String }
    let labels = Dictionary(predictions.map { ($0.image, $0.label) }) { first, _ in first }
    let groups = Dictionary(grouping: predictions) { Key(run: $0.runID, head: $0.head) }
    var findings =
      rowFindings(labels)
      + repetitions(in: .predictions, predictions) {
        [$0.runID, $0.image, $0.head]
      } describe: {
        "\($0.image) by \($0.head) of \($0.runID)"
      }
    for run in runIDs where isFinished(run) {
      for head in heads(of: run) {
        let rows = groups[Key(run: run, head: head)] ?? []
        for image in Set(labels.keys).subtracting(rows.map(\.image)).sorted() {
          findings.append(
            Finding(.predictions, "\(run), head \(head)", expected: "a row for \(image)", found: "no such row"))
        }
        findings += accuracyFindings(rows, run, head)
      }
    }
    return findings
  }

  /// Checks that each row is possible and labels its image as the others do.
  private func rowFindings(_ labels: [String: String]) -> [Finding] {
    let classes = Set(recipe.dataset.classes)
    return predictions.enumerated().compactMap { index, row in
      let expected: String
      if row.label != labels[row.image] {
        expected = "the label \(labels[row.image] ?? "") of \(row.image) as in its other rows"
      } else if !classes.contains(row.label) || !classes.contains(row.predicted) {
        expected = "classes of recipe.json"
      } else if row.isCorrect && (row.labelRank != 1 || row.labelProbability != row.probability) {
        expected = "rank 1 and one probability for a prediction that is right"
      } else if !(0...1).contains(row.probability) || !(0...row.probability).contains(row.labelProbability)
        || row.labelRank < 1 || row.labelRank > classes.count
      {
        expected = "probabilities from 0 to 1, the prediction's the larger, and a rank among \(classes.count) classes"
      } else {
        return nil
      }
      return Finding(
        .predictions, PredictionRow.line(ofRow: index), expected: expected, found: String(row.line.dropLast()))
    }
  }

  /// Compares the accuracies of one head of a run with a new count.
  private func accuracyFindings(_ rows: [PredictionRow], _ run: String, _ head: String) -> [Finding] {
    let counted = Accuracy(of: rows)
    return runs.enumerated().compactMap { index, row in
      guard row.runID == run, row.head == head, Accuracy.metrics(classes: .max).contains(row.metric) else { return nil }
      let value = counted?.value(of: row.metric)
      guard value != row.value || counted?.images != row.n else { return nil }
      return Finding(
        .runs, "\(RunRow.line(ofRow: index)), \(row.fact) in \(run)",
        expected: "\(value.field) of \(counted?.images ?? 0) images, as predictions.csv counts",
        found: "\(row.value.field) of \(row.n.field)")
    }
  }
}
