import Records

/// The question and the results, in sentences.
struct Words {
  let asked: String
  let answer: String

  init(_ table: AccuracyTable, _ recipe: ResolvedRecipe, epochs: Int?) {
    let key = table.table
    let names = table.lines.map(\.label)
    let images = table.lines.compactMap(\.images).max().map { " on \(counted($0, "test image"))" } ?? ""
    let settings = ["recipe \(key.recipe)", key.overrides, epochs.map { counted($0, "epoch") } ?? ""].filter {
      !$0.isEmpty
    }
    asked =
      (names.count > 1
        ? "How do \(counted(names.count, "variant")) of S3N differ in top-1 accuracy"
        : "What top-1 accuracy does \(names.first ?? "a variant") reach")
      + " on \(key.dataset), \(counted(recipe.dataset.classes.count, "class", plural: "classes"))? Each was trained with "
      + "\(settings.joined(separator: ", ")) and tested\(images)."
    answer = Self.answer(table, classes: recipe.dataset.classes.count)
  }

  private static func answer(_ table: AccuracyTable, classes: Int) -> String {
    guard let best = table.lines.filter({ $0.top1 != nil }).max(by: { ($0.top1 ?? 0) < ($1.top1 ?? 0) }) else {
      return "All runs diverged: there are no accuracies."
    }
    let chance = "Guessing would give \(oneDecimal(100 / Double(max(classes, 1)))) %."
    guard let reference = table.reference else {
      return "\(best.label): \(best.accuracy) % \(best.interval). \(chance)"
    }
    let lines = table.lines.filter { $0.difference != nil }
    func named(_ word: String) -> [String] {
      lines.filter { $0.verdict == word || $0.verdict.hasPrefix(word + " (") }
        .map { "\($0.label) (\($0.differenceText))" }
    }
    let sentences = [
      ("better when trained again, too", "better"), ("worse when trained again, too", "worse"),
      ("better with these weights, while training again may come out otherwise", "better, these weights only"),
      ("worse with these weights, while training again may come out otherwise", "worse, these weights only"),
      ("no difference shown", "no difference shown"),
    ].compactMap { words, verdict in
      let lines = named(verdict)
      return lines.isEmpty ? nil : "\(words): \(lines.joined(separator: ", "))"
    }
    let compared =
      sentences.isEmpty
      ? "No other variant has a finished seed in common with \(reference)"
      : "Against \(reference), in points: " + sentences.joined(separator: "; ")
    return "The highest mean is that of \(best.label), \(best.accuracy) %. \(compared). \(chance)"
  }
}
