/// What a run predicts for one test image after its last epoch: a row of predictions.csv.
public struct PredictionRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("image", \.image), .init("label", \.label), .init("predicted", \.predicted),
    .init("probability", \.probability),
  ]
  public static var blank: Self { Self(runID: "", image: "", label: "", predicted: "", probability: 0) }

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
}
