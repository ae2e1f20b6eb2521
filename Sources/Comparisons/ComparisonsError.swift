import Foundation

/// Why the variants of a folder cannot be compared.
public enum ComparisonsError: Error, Equatable, Sendable {
  /// Fewer than two variants have a finished run.
  case nothingToCompare(folder: String, found: [String])
  /// The reference is not among the variants, or several have its name.
  case unknownReference(String, known: [String])
  /// A finished run has no rows in predictions.csv.
  case noPredictions(file: String, runID: String, head: String)
  /// Two runs of one table were tested on different images.
  case differentImages(file: String, runID: String, otherRunID: String, difference: String)
  /// No variant has finished runs in both folders.
  case nothingInCommon(folder: String, other: String)
  /// Two folders were tested on different images.
  case otherTestImages(folder: String, other: String)
}

extension ComparisonsError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .nothingToCompare(let folder, let found):
      """
      \(folder) holds finished runs of \(found.isEmpty ? "no variant" : "one variant, \(found.joined())"): \
      a comparison needs two. Run bench ablation with --variants and this folder as --out to add some.
      """
    case .unknownReference(let name, let known):
      "There is no single variant '\(name)' to compare with. Choose with --against one of: "
        + known.map { "'\($0)'" }.joined(separator: ", ") + "."
    case .noPredictions(let file, let runID, let head):
      """
      \(file) has no rows for the head \(head) of the run \(runID), which is finished according to runs.csv. \
      Restore the file from its source, or run again into another folder.
      """
    case .differentImages(let file, let runID, let otherRunID, let difference):
      """
      \(file): the runs \(otherRunID) and \(runID) were tested on different images (\(difference)), so they cannot be \
      paired. Restore the file from its source, or run again into another folder.
      """
    case .nothingInCommon(let folder, let other):
      "No variant has finished runs in both \(folder) and \(other). Run bench ablation for one of them with the other's --variants."
    case .otherTestImages(let folder, let other):
      """
      \(folder) and \(other) were tested on different images, so their runs cannot be paired. Compare folders with the \
      same dataset, version and classes.
      """
    }
  }
}
