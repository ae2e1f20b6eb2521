import Comparisons
import Files
import Foundation
import Records

/// The records of an output folder; each file is read when a figure first needs it.
public final class FolderRecords {
  public let folder: URL
  /// The folder's name in figures of several.
  public let name: String
  private let variant: String?
  private var files: [RecordsFile: any Sendable] = [:]

  /// - Parameters:
  ///   - name: its name in figures of several; by default the folder's own.
  ///   - variant: shown by figures of a single one; by default s3n, or the first with several heads, or the first.
  public init(of folder: URL, name: String? = nil, variant: String? = nil) {
    self.folder = folder
    self.variant = variant
    self.name = name ?? folder.standardizedFileURL.lastPathComponent
  }

  /// Several folders, named by as many trailing path components as distinguish them.
  public static func all(of folders: [URL], variant: String? = nil) -> [FolderRecords] {
    let paths = folders.map { $0.standardizedFileURL.pathComponents.filter { $0 != "/" } }
    func names(_ count: Int) -> [String] { paths.map { $0.suffix(count).joined(separator: "/") } }
    let longest = paths.map(\.count).max() ?? 1
    // A folder given twice counts once.
    let telling = (1...max(longest, 1)).first { Set(names($0)).count == Set(paths).count } ?? 1
    return zip(folders, names(telling)).map { FolderRecords(of: $0, name: $1, variant: variant) }
  }

  public func holds(_ file: RecordsFile) -> Bool { isAccessible(file.url(in: folder).givenPath, F_OK) }

  public func runs() throws(RecordsError) -> [RunRow] { try rows(.runs) }
  public func epochs() throws(RecordsError) -> [EpochRow] { try rows(.epochs) }

  /// The number of epochs of each run; nil if runs differ.
  func epochsOfEachRun() throws(RecordsError) -> Int? {
    let last = Dictionary(try epochs().map { ($0.runID, $0.epoch) }, uniquingKeysWith: max)
    return Set(last.values).count == 1 ? last.first?.value : nil
  }

  public func sampling() throws(RecordsError) -> [SamplingRow] { try rows(.sampling) }
  public func predictions() throws(RecordsError) -> [PredictionRow] { try rows(.predictions) }
  public func comparisons() throws(RecordsError) -> [ComparisonRow] { try rows(.comparisons) }
  public func localisation() throws(RecordsError) -> [LocalisationRow] { try rows(.localisation) }
  public func interventions() throws(RecordsError) -> [InterventionRow] { try rows(.interventions) }
  public func counterfactuals() throws(RecordsError) -> [CounterfactualRow] { try rows(.counterfactuals) }
  public func stages() throws(RecordsError) -> [StageSummaryRow] { try rows(.stagesSummary) }

  public func recipe() throws(RecordsError) -> ResolvedRecipe {
    if let recipe = files[.recipe] as? ResolvedRecipe { return recipe }
    let recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    files[.recipe] = recipe
    return recipe
  }

  private func rows<Row: CSVRow>(_ file: RecordsFile) throws(RecordsError) -> [Row] {
    if let rows = files[file] as? [Row] { return rows }
    let rows: [Row] = try CSVTable.read(from: file.url(in: folder))
    files[file] = rows
    return rows
  }
}

extension FolderRecords {
  /// The variant shown by a figure of a single one, with its finished runs and its heads, the predicting one first.
  struct Subject {
    let label: String
    let cell: Cell
    let runs: [(id: String, seed: UInt64)]
    let heads: [String]
    /// The test images of each run.
    let images: Int
  }

  /// The subject of `figure`; throws `unknownVariant`, and `noData` if no run finished.
  func subject(of figure: String) throws -> Subject {
    let rows = try runs().filter { $0.metric == Metric.top1 && $0.status == .finished }
    let cells = rows.map(\.cell).unique()
    let labels = cells.map { $0.label(among: cells) }
    func heads(_ cell: Cell) -> [String] { rows.filter { $0.cell == cell }.compactMap(\.head).unique() }
    guard !cells.isEmpty else {
      throw FiguresError.noData(figure: figure, needed: "rows of runs.csv with the metric \(Metric.top1)")
    }
    let place: Int
    if let variant {
      guard let named = cells.indices.first(where: { labels[$0] == variant || cells[$0].variant == variant }) else {
        throw FiguresError.unknownVariant(variant, folder: folder.path, known: labels)
      }
      place = named
    } else {
      place = cells.firstIndex { $0.variant == "s3n" } ?? cells.firstIndex { heads($0).count > 1 } ?? 0
    }
    let cell = cells[place]
    let mine = rows.filter { $0.cell == cell }
    let ids = mine.map(\.runID).unique()
    return Subject(
      label: labels[place], cell: cell,
      runs: ids.compactMap { id in mine.first { $0.runID == id }.map { (id, $0.seed) } }, heads: heads(cell),
      images: mine.compactMap(\.n).max() ?? 0)
  }
}

extension FolderRecords.Subject {
  /// A subtitle: variant, recipe, overrides, number of seeds, and `more`.
  func subtitle(_ more: String...) -> String {
    ([label, "recipe \(cell.table.recipe)", cell.table.overrides, counted(runs.count, "seed")] + more)
      .filter { !$0.isEmpty }.joined(separator: ", ").shortened(to: 92)
  }
}
