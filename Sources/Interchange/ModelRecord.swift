import Files
import Foundation
import Records

/// A folder's record of a model: the run and epoch that produced its weights, and its results on the test images then.
public struct ModelRecord: Sendable {
  /// One measured value.
  public struct Result: Equatable, Sendable {
    public let head: String
    public let metric: String
    /// In percent.
    public let percent: Double
    public let images: Int
  }

  public let runID: String
  public let seed: UInt64
  /// Counted from 1.
  public let epoch: Int
  /// Whether it is the run's last epoch; an earlier one was chosen by its accuracy on the test images.
  public let isLast: Bool
  public let recipe: ResolvedRecipe
  /// The predicting head comes first.
  public let results: [Result]

  /// Finds the record in `folder` of weights with a fingerprint of fingerprints.csv; nil if no finished run left them.
  public init?(ofWeights sha256: String, in folder: URL) throws(RecordsError) {
    guard isAccessible(RecordsFile.fingerprints.url(in: folder).givenPath, F_OK) else { return nil }
    let prints: [FingerprintRow] = try CSVTable.read(from: RecordsFile.fingerprints.url(in: folder))
    // The last of several equal ones: a learning rate of zero leaves weights unchanged.
    guard let print = prints.last(where: { $0.weightsSHA256 == sha256 }) else { return nil }
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    let facts = runs.filter { $0.runID == print.runID && $0.status == .finished }
    guard let first = facts.first else { return nil }
    runID = print.runID
    seed = first.seed
    epoch = print.epoch
    isLast = !prints.contains { $0.runID == print.runID && $0.epoch > print.epoch }
    recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    let metrics = [Metric.top1, Metric.top5, Metric.meanClassAccuracy]
    func result(_ head: String?, _ metric: String, _ value: Double?, _ n: Int?) -> Result? {
      guard let head, metrics.contains(metric), let value, let n else { return nil }
      return Result(head: head, metric: metric, percent: value, images: n)
    }
    if isLast {
      results = facts.compactMap { result($0.head, $0.metric, $0.value, $0.n) }
    } else {
      let epochs: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder))
      results = epochs.filter { $0.runID == print.runID && $0.epoch == print.epoch }
        .compactMap { result($0.head, $0.metric, $0.value, $0.n) }
    }
  }
}
