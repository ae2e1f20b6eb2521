import Foundation

/// The files of an output folder, by name: a new one is a line here.
public enum RecordsFile: String, CaseIterable, Sendable {
  // What happened: appended to, and never made again.
  case runs = "runs.csv"
  case epochs = "epochs.csv"
  case predictions = "predictions.csv"
  case fingerprints = "fingerprints.csv"
  case stages = "stages.csv"
  case environment = "environment.json"
  case recipe = "recipe.json"
  // Drawn up from these.
  case summary = "summary.csv"
  case stagesSummary = "stages-summary.csv"
  case comparisons = "comparisons.csv"

  public func url(in folder: URL) -> URL { folder.appendingPathComponent(rawValue) }
}
