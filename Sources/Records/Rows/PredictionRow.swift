/// The prediction of one head of a run for one test image after the last epoch: a row of predictions.csv.
public struct PredictionRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("image", \.image), .init("head", \.head), .init("label", \.label),
    .init("predicted", \.predicted), .init("probability", \.probability),
    .init("label_probability", \.labelProbability), .init("label_rank", \.labelRank),
  ]
  public static var blank: Self {
    Self(
      runID: "", image: "", head: "", label: "", predicted: "", probability: 0, labelProbability: 0, labelRank: 1)
  }

  public var runID: String
  /// The image's path within the dataset, or its name.
  public var image: String
  public var head: String
  /// The name of the true class.
  public var label: String
  /// The name of the predicted class.
  public var predicted: String
  /// The softmax probability of the predicted class.
  public var probability: Float
  /// The softmax probability of the true class.
  public var labelProbability: Float
  /// The rank of the true class: 1 plus the number of strictly larger logits.
  public var labelRank: Int

  public init(
    runID: String, image: String, head: String, label: String, predicted: String, probability: Float,
    labelProbability: Float, labelRank: Int
  ) {
    self.runID = runID
    self.image = image
    self.head = head
    self.label = label
    self.predicted = predicted
    self.probability = probability
    self.labelProbability = labelProbability
    self.labelRank = labelRank
  }
}
