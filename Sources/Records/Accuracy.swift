/// The accuracies of the predictions of one head of one run, in percent.
public struct Accuracy: Equatable, Sendable {
  public let images: Int
  /// The share of the images that are classified correctly.
  public let top1: Double
  /// The share of the images whose label has rank 5 or better.
  public let top5: Double
  /// The mean over classes of the share of each class's images that are classified correctly.
  public let meanClass: Double

  /// The fewest classes for which top-5 accuracy is meaningful.
  public static let classesForTop5 = 6

  /// Counts `predictions` of one head of one run; nil if there are none.
  public init?(of predictions: [PredictionRow]) {
    guard !predictions.isEmpty else { return nil }
    func percent(_ count: Int, of total: Int) -> Double { 100 * Double(count) / Double(total) }
    images = predictions.count
    top1 = percent(predictions.count { $0.isCorrect }, of: images)
    top5 = percent(predictions.count { $0.labelRank <= 5 }, of: images)
    let classes = Dictionary(grouping: predictions, by: \.label)
    // Floating-point sums depend on their order: sorting by name makes it independent of the order of the rows.
    let shares = classes.sorted { $0.key < $1.key }.map { percent($0.value.count { $0.isCorrect }, of: $0.value.count) }
    meanClass = shares.reduce(0, +) / Double(shares.count)
  }

  /// The metrics of runs.csv that are meaningful for this number of classes.
  public static func metrics(classes: Int) -> [String] {
    [Metric.top1] + (classes >= classesForTop5 ? [Metric.top5] : []) + [Metric.meanClassAccuracy]
  }

  /// The accuracy by one of these metrics; nil for any other.
  public func value(of metric: String) -> Double? {
    [Metric.top1: top1, Metric.top5: top5, Metric.meanClassAccuracy: meanClass][metric]
  }
}

extension PredictionRow {
  public var isCorrect: Bool { predicted == label }
}
