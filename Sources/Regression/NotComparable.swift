import Foundation
import Records

/// Why two folders cannot be compared.
public enum NotComparable: Error, Equatable, Sendable {
  /// Files are absent, unreadable or contradictory.
  case damaged(folder: String, problems: [String])
  /// The folder holds no runs, or holds folders of runs; the sentence says what to do.
  case noRuns(String)
  case otherDataset(baseline: String, now: String)
  case otherDatasetVersion(dataset: String, baseline: String, now: String)
  /// The values of recipe.json that differ.
  case otherRecipe([ResolvedRecipe.Difference])
  /// The runs that only one of the folders holds.
  case otherRuns(onlyBaseline: [String], onlyNow: [String])
  /// A run was tested on different images.
  case otherImages(run: String, difference: String)
  /// Times were to be gated but were taken on different machines.
  case otherMachine([EnvironmentDifference])
  /// Times were to be gated but this program is built differently from the other.
  case otherBuild(String)
  /// Times were to be gated but a folder has none: reports omit a long stages.csv.
  case noTimes(folder: String)
}

extension NotComparable {
  /// Whether the difference may be intended, so that the solution is a newer baseline.
  public var mayBeMeant: Bool {
    switch self {
    case .otherDatasetVersion, .otherRecipe, .otherRuns, .otherImages: true
    default: false
    }
  }
}

extension NotComparable: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .damaged(let folder, let problems):
      "\(folder) is damaged: \(withoutStop(listed(problems))). Restore it from its source, or make it again."
    case .noRuns(let sentence): sentence
    case .otherDataset(let baseline, let now):
      "different dataset: the baseline was trained on \(baseline), this run on \(now). Compare runs on one dataset."
    case .otherDatasetVersion(let dataset, let baseline, let now):
      "different version of \(dataset): \(baseline) in the baseline, \(now) in this run."
    case .otherRecipe(let differences):
      "different recipe: "
        + listed(differences.map { "\($0.key) is \($0.mine) in the baseline and \($0.others) in this run" })
        + "."
    case .otherRuns(let onlyBaseline, let onlyNow):
      "different runs: "
        + [("only the baseline has", onlyBaseline), ("only this run has", onlyNow)].filter { !$0.1.isEmpty }
        .map { "\($0) \(listed($1))" }.joined(separator: "; ")
        + ". Run the baseline's own command (bench commands)."
    case .otherImages(let run, let difference):
      "different test images in \(run): \(difference)."
    case .otherMachine(let differences):
      "different machine: \(listed(differences.map(\.description))). Times of two machines cannot be compared: "
        + "--latency report only shows them, --against REF measures both programs here."
    case .otherBuild(let build):
      "different build: the other program is a release build, but this one is \(build). Run a release build "
        + "(Scripts/bench), or show times without judging them: --latency report."
    case .noTimes(let folder):
      "\(folder) has no stages.csv, so its times cannot be gated: --latency report leaves them out."
    }
  }
}

/// A sentence as part of another.
private func withoutStop(_ text: String) -> Substring { text.hasSuffix(".") ? text.dropLast() : text[...] }

/// The first three items, and the number of the others.
private func listed(_ items: [String]) -> String {
  items.prefix(3).joined(separator: ", ") + (items.count > 3 ? " and \(items.count - 3) more" : "")
}
