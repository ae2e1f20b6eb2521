import Figures
import Files
import Foundation
import Records

/// The page's sections about one folder.
struct FolderSection {
  private let part: ReportPage.Part
  /// Distinguishes the ids of several folders.
  private let number: Int
  private let isAlone: Bool
  private var records: FolderRecords { part.records }

  init(_ part: ReportPage.Part, number: Int, isAlone: Bool) {
    (self.part, self.number, self.isAlone) = (part, number, isAlone)
  }

  func html() throws -> String {
    let comparisons = records.holds(.comparisons) ? try records.comparisons() : []
    guard let table = AccuracyTable(of: try records.runs(), comparisons) else {
      throw FiguresError.noData(
        figure: "report", needed: "a finished run in runs.csv of \(records.folder.relativePath)")
    }
    let epochs = records.holds(.epochs) ? try records.epochs().map(\.epoch).max() : nil
    let words = Words(table, try records.recipe(), epochs: epochs)
    return [
      section(
        "results", "Results", "<p>\(escaped(words.asked))</p>\n<p>\(escaped(words.answer))</p>\n\(results(table))"),
      section("figures", "Figures", figures(part.pictures, level: 3)),
      section("looking", "Where it looks", try LookingSection(records).html),
      section("repeat", "How to repeat it", try commands()),
      section("recipe", "Recipe", try recipe()),
      section("environment", "Environment", try environment()),
    ].joined(separator: "\n")
  }

  private func section(_ id: String, _ title: String, _ body: String) -> String {
    guard !body.isEmpty else { return "" }
    let heading = isAlone ? title : "\(title): \(records.name)"
    return """
      <section aria-labelledby="\(id)-\(number)"><h2 id="\(id)-\(number)">\(escaped(heading))</h2>
      \(body)
      </section>
      """
  }

  private func results(_ table: AccuracyTable) -> String {
    let rows = table.lines.map { line in
      [
        HTMLTable.Cell(line.label),
        .init(
          line.accuracy + (line.interval.isEmpty ? "" : " " + line.interval), value: line.top1, isStrong: line.isBetter),
        .init(line.differenceText, value: line.difference),
        .init(
          line.verdict,
          style: line.verdict.hasPrefix("better") ? "better" : line.verdict.hasPrefix("worse") ? "worse" : ""),
        .init(line.seeds, value: Double(line.seeds)),
      ]
    }
    let isCompared = table.reference != nil
    return HTMLTable(
      caption: table.caption,
      header: ["variant", "top-1 in %"] + (isCompared ? ["from \(table.reference ?? "") in points", "verdict"] : [])
        + ["seeds"],
      rows: isCompared ? rows : rows.map { [$0[0], $0[1], $0[4]] }
    ).html + "<p class=\"quiet\">\(escaped(table.legend))</p>\n"
  }

  private func commands() throws -> String {
    guard records.holds(.environment) else { return "" }
    let commands = try EnvironmentFile.read(from: RecordsFile.environment.url(in: records.folder)).commands
    let commits = commands.map { $0.commit.map { $0.hash + ($0.dirty ? ", with changes" : "") } ?? "unknown" }.unique()
    return """
      <p>With commit \(escaped(commits.joined(separator: ", "))):</p>
      <pre>\(escaped(commands.map { $0.commandLine.map(shellQuoted).joined(separator: " ") }.unique()
        .joined(separator: "\n")))</pre>
      """
  }

  private func recipe() throws -> String {
    let recipe = try records.recipe()
    let rows = recipe.settings.filter { !$0.path.hasPrefix("dataset.classes[") }.map {
      [HTMLTable.Cell($0.path), .init($0.text)]
    }
    let classes = recipe.dataset.classes.map { "<li>\(escaped($0))</li>" }.joined()
    return HTMLTable(
      caption: "Every value, as it was used.", header: ["setting", "value"], rows: rows, isSortable: false
    ).html + "<details><summary>The \(recipe.dataset.classes.count) classes</summary><ol>\(classes)</ol></details>"
  }

  private func environment() throws -> String {
    guard records.holds(.environment) else { return "" }
    let commands = try EnvironmentFile.read(from: RecordsFile.environment.url(in: records.folder)).commands
    return commands.unique(by: \.id).map { record in
      let libraries = record.libraries.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      let rows =
        [
          ("date", record.date), ("processor", "\(record.cpu.model), \(counted(record.cpu.logicalCores, "core"))"),
          ("instruction set", record.instructionSet), ("threads", "\(record.threads)"),
          ("memory", "\(record.memoryBytes / 1_000_000_000) GB"), ("system", record.operatingSystem),
          ("kernel", record.kernel), ("compiler", record.compiler), ("build", record.build),
        ] + libraries
      return HTMLTable(
        caption: "Environment \(record.id).", header: ["what", "value"],
        rows: rows.map { [.init($0.0), .init($0.1)] }, isSortable: false
      ).html
    }.joined()
  }
}

extension Sequence {
  /// The first element of each key, in first-seen order.
  fileprivate func unique<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}
