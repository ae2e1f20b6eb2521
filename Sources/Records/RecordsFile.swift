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
  case leftOut = "left-out.csv"
  case environment = "environment.json"
  case recipe = "recipe.json"
  // Functions of these, and pictures, which hang on the program that draws and on its fonts too.
  case summary = "summary.csv"
  case stagesSummary = "stages-summary.csv"
  case comparisons = "comparisons.csv"
  case accuracyData = "variant-accuracy.csv"
  case accuracyScript = "variant-accuracy.gp"
  case accuracySVG = "variant-accuracy.svg"
  case accuracyPNG = "variant-accuracy.png"
  case differencesData = "differences.csv"
  case differencesScript = "differences.gp"
  case differencesSVG = "differences.svg"
  case differencesPNG = "differences.png"
  // The others and their checksums.
  case manifest = "manifest.json"

  public func url(in folder: URL) -> URL { folder.appendingPathComponent(rawValue) }

  /// Whether it is a function of other files of the folder.
  public var isDerived: Bool {
    switch self {
    case .runs, .epochs, .predictions, .fingerprints, .stages, .memory, .leftOut, .environment, .recipe, .manifest:
      false
    case .summary, .stagesSummary, .comparisons, .accuracyData, .accuracyScript, .accuracySVG, .accuracyPNG,
      .differencesData, .differencesScript, .differencesSVG, .differencesPNG:
      true
    }
  }

  /// Whether a report may lack it: a long stages.csv gives way to its summary, older ones know nothing of memory, mostly no
  /// image is broken, a single variant has no differences, and pictures need a program that draws.
  var isOptional: Bool {
    switch self {
    case .stages, .memory, .leftOut, .comparisons, .accuracySVG, .accuracyPNG, .differencesData, .differencesScript,
      .differencesSVG,
      .differencesPNG:
      true
    default: false
    }
  }

  /// What became of the tensors of a variant's initial weights.
  public static func initialWeights(of variant: String) -> String { "weights-\(variant).csv" }

  /// Whether a file of this name is part of a report and has its checksum in the manifest.
  static func isPartOfReport(_ name: String) -> Bool {
    guard let file = RecordsFile(rawValue: name) else { return name.hasPrefix("weights-") && name.hasSuffix(".csv") }
    return file != .manifest
  }

  /// Words about a report, written by hand, may lie in it.
  static func mayLieBeside(_ name: String) -> Bool { name == manifest.rawValue || name == "README.md" }
}

/// The names in `folder` that are not hidden, sorted.
func visibleNames(in folder: URL) throws(RecordsError) -> [String] {
  guard let names = folderEntries(folder.givenPath) else {
    throw .unreadable(file: folder.path, reason: systemReason())
  }
  return names.filter { !$0.hasPrefix(".") }
}
