import Figures
import Records

/// The accuracies of several folders side by side, and how their recipes differ.
struct FolderDifferences {
  let html: String

  init(_ folders: [FolderRecords]) throws {
    let tables = try folders.map { folder in
      AccuracyTable(of: try folder.runs(), folder.holds(.comparisons) ? try folder.comparisons() : [])
    }
    let labels = tables.flatMap { $0?.lines.map(\.label) ?? [] }.unique()
    let isPair = folders.count == 2
    let rows = labels.map { label in
      let lines = tables.map { $0?.lines.first { $0.label == label } }
      let cells = lines.map { HTMLTable.Cell($0?.accuracy ?? "", value: $0?.top1) }
      guard isPair else { return [HTMLTable.Cell(label)] + cells }
      let change = lines[0]?.top1.flatMap { first in lines[1]?.top1.map { $0 - first } }
      return [HTMLTable.Cell(label)] + cells
        + [.init(change.map(signed) ?? "", value: change)]
    }
    let accuracies = HTMLTable(
      caption:
        "Top-1 accuracy in %, mean over seeds. Folders differ in what stands below: this is no test of significance.",
      header: ["variant"] + folders.map(\.name) + (isPair ? ["second − first"] : []), rows: rows
    ).html
    let recipes = try folders.map { try $0.recipe() }
    let settings = recipes.map { Dictionary($0.settings.map { ($0.path, $0.text) }) { first, _ in first } }
    let keys = settings.flatMap(\.keys).unique().sorted().filter { key in
      !key.hasPrefix("dataset.classes[") && Set(settings.map { $0[key] ?? "nothing" }).count > 1
    }
    let differences =
      keys.isEmpty
      ? "<p>The recipes are the same.</p>\n"
      : HTMLTable(
        caption: "In what the recipes differ.", header: ["setting"] + folders.map(\.name),
        rows: keys.map { key in [.init(key)] + settings.map { .init($0[key] ?? "nothing") } }, isSortable: false
      ).html
    html = accuracies + differences + (try Self.surroundings(folders))
  }

  /// How the machines and programs that made them differ, if that is known for all.
  private static func surroundings(_ folders: [FolderRecords]) throws -> String {
    guard folders.allSatisfy({ $0.holds(.environment) }) else { return "" }
    let records = try folders.map {
      try EnvironmentFile.read(from: RecordsFile.environment.url(in: $0.folder)).commands
    }
    let parts: [(what: String, value: (RunEnvironment) -> String)] = [
      ("commit", { $0.commit.map { $0.hash.prefix(10) + ($0.dirty ? ", with changes" : "") } ?? "unknown" }),
      ("processor", \.cpu.model), ("instruction set", \.instructionSet), ("threads", { "\($0.threads)" }),
      ("compiler", \.compiler), ("build", \.build),
    ]
    let rows = parts.compactMap { part -> [HTMLTable.Cell]? in
      let values = records.map { $0.map(part.value).unique().joined(separator: "; ") }
      return Set(values).count > 1 ? [.init(part.what)] + values.map { .init($0) } : nil
    }
    return rows.isEmpty
      ? "<p>They were made by the same program on the same kind of machine.</p>\n"
      : HTMLTable(
        caption: "In what the surroundings differ.", header: ["what"] + folders.map(\.name), rows: rows,
        isSortable: false
      ).html
  }
}
