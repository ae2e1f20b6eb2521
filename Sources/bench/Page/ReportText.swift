import Comparisons
import Experiments
import Foundation
import Records

/// The Markdown text about a report, generated from the report's files.
struct ReportText {
  private let folder: URL
  /// The path of the folder relative to the page.
  private let link: String
  private let recipe: ResolvedRecipe
  private let runs: [RunRow]
  /// The accuracy of each variant's prediction.
  private let predictions: [SummaryRow]

  /// Reads the report in `folder`.
  init(_ folder: URL, link: String) throws(RecordsError) {
    self.folder = folder
    self.link = link
    recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    runs = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    predictions = Summary(of: runs).predictions
  }

  /// The names of the texts; an empty one means "overview": chart, numbers and table together.
  static let names = ["overview", "chart", "numbers", "table", "findings", "seeds", "time", "top1 VARIANT"]

  /// Returns the text with that name, or nil if there is none.
  func text(_ name: String) throws -> String? {
    let words = name.split(separator: " ", maxSplits: 1).map(String.init)
    switch (words.first ?? "overview", words.count) {
    case ("overview", 0...1):
      return "\(chart)\n\n\(try numbers) The files: [\(link)](\(link)).\n\n\(table)"
    case ("chart", 1): return chart
    case ("numbers", 1): return try numbers
    case ("table", 1): return table
    case ("findings", 1): return try findings
    case ("seeds", 1): return "\(seeds)"
    case ("time", 1): return try time
    case ("top1", 2): return predictions.first { label(of: $0) == words[1] }?.meanText
    default: return nil
    }
  }

  private var chart: String {
    "![Top-1 accuracy of each variant on \(recipe.dataset.name)](\(link)/\(FigureFile(FigureFile.accuracy, .svg).name))"
  }

  /// A row for each variant: accuracy of its prediction, uncertainty, and purpose.
  private var table: String {
    let severalSeeds = predictions.contains { $0.seeds + $0.diverged > 1 }
    let lines = predictions.map { row in
      let range = severalSeeds ? text(row.minimum, row.maximum) : text(row.low95, row.high95)
      return [label(of: row), row.mean == nil ? "diverged" : row.meanText, range]
        + (severalSeeds ? [row.seedCount] : []) + [(try? Variant.named(row.variant))?.summary ?? ""]
    }
    let sureness = severalSeeds ? ["lowest - highest", "seeds"] : ["95 % interval"]
    return markdownTable(["variant", "top-1 %"] + sureness + ["what it is"], lines)
  }

  /// The comparison of each variant with the reference, from comparisons.csv.
  private var findings: String {
    get throws {
      let comparisons: [ComparisonRow] = try CSVTable.read(from: RecordsFile.comparisons.url(in: folder))
      let rows = comparisons.filter { $0.family == .reference }
      let cells = rows.prefix(1).map(\.other) + rows.map(\.cell)
      let labels = cells.map { $0.label(among: cells) }
      let lines = zip(rows, labels.dropFirst()).map { row, label in
        [label, row.differenceText, text(row.interval?.lowerBound, row.interval?.upperBound), row.verdictText]
      }
      let header = ["variant", "points against \(labels.first ?? "")", "95 % interval", "verdict"]
      let hasBrackets = rows.contains { $0.verdict == .notShown }
      return markdownTable(header, lines)
        + (hasBrackets ? "\n\nIn brackets: the smallest difference that could have been shown." : "")
    }
  }

  /// The size and duration of the experiment, in one sentence.
  private var numbers: String {
    get throws {
      func images(_ metric: String) -> Int { runs.first { $0.metric == metric && $0.n != nil }?.n ?? 0 }
      let classes = recipe.dataset.classes.count
      let epochs = runs.filter { $0.metric == Metric.bestEpoch }.compactMap(\.n)
      let seeds = Dictionary(grouping: runs, by: \.cell).values.map { Set($0.map(\.seed)).count }
      return [
        counted(seeds, "seed"),
        "\(images(Metric.trainLoss)) training and \(images(Metric.top1)) test images of "
          + counted(classes, "class", plural: "classes"), "chance \(oneDecimal(100 / Double(max(classes, 1)))) %",
        counted(epochs, "epoch"), try time,
      ].filter { !$0.isEmpty }.joined(separator: ", ") + "."
    }
  }

  private var seeds: Int { Set(runs.map(\.seed)).count }

  /// The total time of all training and test steps, and the machine.
  private var time: String {
    get throws {
      let stages: [StageSummaryRow] = try CSVTable.read(from: RecordsFile.stagesSummary.url(in: folder))
      let steps = stages.filter { $0.summary.stage == StageRow.wholeStep }.map(\.summary.totalNanoseconds)
      let environments = try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands
      let machines = Set(environments.map { "\(counted($0.threads, "thread")) of \($0.cpu.model)" })
      return durationText(steps.reduce(0) { $0 + Double($1) } * 1e-9)
        + (machines.count == 1 ? " on \(machines.first ?? "")" : "")
    }
  }

  private func label(of row: SummaryRow) -> String { row.cell.label(among: predictions.map(\.cell)) }

  private func text(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return "" }
    return "\(oneDecimal(low)) to \(oneDecimal(high))"
  }
}
