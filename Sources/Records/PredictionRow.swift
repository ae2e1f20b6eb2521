/// What a run predicts for one test image after its last epoch: a row of predictions.csv.
public struct PredictionRow: CSVRow, Equatable {
  public enum Column: String, CaseIterable, Sendable {
    case runID = "run_id"
    case image, label, predicted, probability
  }

  public var runID: String
  /// The image's path within the dataset, or its name.
  public var image: String
  /// The name of the true class.
  public var label: String
  /// The name of the predicted class.
  public var predicted: String
  /// The softmax probability of the predicted class.
  public var probability: Double

  public init(runID: String, image: String, label: String, predicted: String, probability: Double) {
    self.runID = runID
    self.image = image
    self.label = label
    self.predicted = predicted
    self.probability = probability
  }

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    runID = try record[.runID]
    image = try record[.image]
    label = try record[.label]
    predicted = try record[.predicted]
    probability = try record[.probability]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .runID: runID.field
    case .image: image.field
    case .label: label.field
    case .predicted: predicted.field
    case .probability: probability.field
    }
  }
}
