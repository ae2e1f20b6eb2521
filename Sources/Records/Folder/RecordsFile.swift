import Files
import Foundation

/// The files of an output folder, by name: a new one is a line here.
public enum RecordsFile: String, CaseIterable, Sendable {
  // What happened: written once, and never made again.
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
  // Functions of these; figures are more of them.
  case summary = "summary.csv"
  case stagesSummary = "stages-summary.csv"
  case comparisons = "comparisons.csv"
  case crate = "ro-crate-metadata.json"
  // The others and their checksums.
  case manifest = "manifest.json"

  public func url(in folder: URL) -> URL { folder.appendingPathComponent(rawValue) }

  /// Whether it is a function of other files of the folder.
  public var isDerived: Bool {
    switch self {
    case .runs, .epochs, .predictions, .fingerprints, .stages, .memory, .sampling, .leftOut, .localisation,
      .interventions, .counterfactuals, .environment, .recipe, .config, .manifest:
      false
    case .summary, .stagesSummary, .comparisons, .crate: true
    }
  }

  /// Whether a report may lack it: a long stages.csv gives way to its summary, older ones know nothing of memory and sampling
  /// and have neither config.yml nor crate, mostly no image is broken, where models look is measured only if it is asked for, and
  /// a single variant has no differences.
  private var isOptional: Bool {
    [
      .stages, .memory, .sampling, .leftOut, .localisation, .interventions, .counterfactuals, .config, .comparisons,
      .crate,
    ]
    .contains(self)
  }

  /// The page that shows everything; it is no part of a report to commit, whose files it holds.
  public static let page = "report.html"

  /// The files, figures among them, that every report has; its manifest apart.
  static let required =
    allCases.filter { !$0.isOptional && $0 != .manifest }.map(\.rawValue)
    + FigureFile.all.filter { !$0.isOptional }.map(\.name)

  /// Everything that is a function of other files of the folder, figures last.
  public static let derived = allCases.filter(\.isDerived).map(\.rawValue) + FigureFile.all.map(\.name)

  /// Whether the file of this name is a function of others.
  static func isDerived(_ name: String) -> Bool { derivedNames.contains(name) }
  private static let derivedNames = Set(derived)

  /// The folder of the models that were kept; no part of a report either.
  public static let models = "checkpoints"

  /// What became of the tensors of a variant's initial weights.
  public static func initialWeights(of variant: String) -> String { "weights-\(variant).csv" }

  static func isInitialWeights(_ name: String) -> Bool { name.hasPrefix("weights-") && name.hasSuffix(".csv") }

  /// Whether a file of this name is part of a report and has its checksum in the manifest.
  package static func isPartOfReport(_ name: String) -> Bool {
    guard let file = RecordsFile(rawValue: name) else {
      return isDerived(name) || isInitialWeights(name)
    }
    return file != .manifest
  }

  /// Words about a report, written by hand, and its page may lie in it.
  static func mayLieBeside(_ name: String) -> Bool { [manifest.rawValue, "README.md", page].contains(name) }

  /// Whether a file of this name keeps what `Leftovers` took out of another: no part of a report, and nothing wrong with a folder.
  static func isTakenOut(_ name: String) -> Bool { name.contains(/\.removed-\d+$/) }
}

/// The names in `folder` that are not hidden, sorted.
package func visibleNames(in folder: URL) throws(RecordsError) -> [String] {
  try ownNames(in: folder).filter { !$0.hasPrefix(".") }
}

/// The names in `folder` of all that its user may miss, hidden or not, sorted.
func ownNames(in folder: URL) throws(RecordsError) -> [String] {
  guard let names = folderEntries(folder.givenPath) else {
    throw .unreadable(file: folder.path, reason: systemReason())
  }
  return names.filter { !isClutter($0) && !isTemporary($0) }
}
