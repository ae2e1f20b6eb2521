import Files
import Foundation

/// The files of an output folder, by name; a new file needs only a case here.
public enum RecordsFile: String, CaseIterable, Sendable {
  // Raw data: written once and never regenerated.
  case runs = "runs.csv"
  case epochs = "epochs.csv"
  case predictions = "predictions.csv"
  case fingerprints = "fingerprints.csv"
  case stages = "stages.csv"
  case memory = "memory.csv"
  case sampling = "sampling.csv"
  case leftOut = "left-out.csv"
  case localisation = "localisation.csv"
  case interventions = "interventions.csv"
  case counterfactuals = "counterfactuals.csv"
  case environment = "environment.json"
  case recipe = "recipe.json"
  case config = "config.yml"
  // Derived from the raw files, like the figures.
  case summary = "summary.csv"
  case stagesSummary = "stages-summary.csv"
  case comparisons = "comparisons.csv"
  case crate = "ro-crate-metadata.json"
  // Lists the other files with their checksums.
  case manifest = "manifest.json"

  public func url(in folder: URL) -> URL { folder.appendingPathComponent(rawValue) }

  /// Whether the file is derived from other files of the folder.
  public var isDerived: Bool {
    switch self {
    case .runs, .epochs, .predictions, .fingerprints, .stages, .memory, .sampling, .leftOut, .localisation,
      .interventions, .counterfactuals, .environment, .recipe, .config, .manifest:
      false
    case .summary, .stagesSummary, .comparisons, .crate: true
    }
  }

  /// Whether a report may lack the file: its summary replaces a long stages.csv; older reports have no memory,
  /// sampling, config.yml or crate; broken images are rare; where models look is measured only on request; and a single
  /// variant has no differences.
  private var isOptional: Bool {
    [
      .stages, .memory, .sampling, .leftOut, .localisation, .interventions, .counterfactuals, .config, .comparisons,
      .crate,
    ]
    .contains(self)
  }

  /// The page that shows everything; not part of a committed report, whose files it embeds.
  public static let page = "report.html"

  /// The files, including figures, that every report has; the manifest excepted.
  static let required =
    allCases.filter { !$0.isOptional && $0 != .manifest }.map(\.rawValue)
    + FigureFile.all.filter { !$0.isOptional }.map(\.name)

  /// All files that are derived from other files of the folder, figures last.
  public static let derived = allCases.filter(\.isDerived).map(\.rawValue) + FigureFile.all.map(\.name)

  /// Whether the file of this name is derived from others.
  static func isDerived(_ name: String) -> Bool { derivedNames.contains(name) }
  private static let derivedNames = Set(derived)

  /// The folder of the models that were kept; not part of a report either.
  public static let models = "checkpoints"

  /// The file that says which tensors of a variant's initial weights were loaded.
  public static func initialWeights(of variant: String) -> String { "weights-\(variant).csv" }

  static func isInitialWeights(_ name: String) -> Bool { name.hasPrefix("weights-") && name.hasSuffix(".csv") }

  /// Whether a file of this name is part of a report and has its checksum in the manifest.
  package static func isPartOfReport(_ name: String) -> Bool {
    guard let file = RecordsFile(rawValue: name) else {
      return isDerived(name) || isInitialWeights(name)
    }
    return file != .manifest
  }

  /// Whether a report may also contain this file: its manifest, README.md (written by hand) or page.
  static func mayLieBeside(_ name: String) -> Bool { [manifest.rawValue, "README.md", page].contains(name) }

  /// Whether this file holds what `Leftovers` removed from another: not part of a report, and no error in a folder.
  static func isTakenOut(_ name: String) -> Bool { name.contains(/\.removed-\d+$/) }
}

/// The names in `folder` that are not hidden, sorted.
package func visibleNames(in folder: URL) throws(RecordsError) -> [String] {
  try ownNames(in: folder).filter { !$0.hasPrefix(".") }
}

/// The names in `folder` that its user would miss, hidden or not, sorted.
func ownNames(in folder: URL) throws(RecordsError) -> [String] {
  guard let names = folderEntries(folder.givenPath) else {
    throw .unreadable(file: folder.path, reason: systemReason())
  }
  return names.filter { !isClutter($0) && !isTemporary($0) }
}
