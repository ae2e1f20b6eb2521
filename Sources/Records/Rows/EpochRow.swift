/// One fact about one epoch of a run, such as the joint head's accuracy or the training loss: a row of epochs.csv.
public struct EpochRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("epoch", \.epoch), .init("head", \.head), .init("metric", \.metric),
    .init("unit", \.unit), .init("value", \.value), .init("n", \.n),
  ]
  public static var blank: Self { Self(runID: "", epoch: 0, metric: "", unit: "", value: nil) }

  public var runID: String
  /// From 1.
  public var epoch: Int
  /// The head that the fact is about; nil for facts about the whole network.
  public var head: String?
  public var metric: String
  public var unit: String
  public var value: Double?
  /// The number of items, such as images, that the value is taken over.
  public var n: Int?

  public init(
    runID: String, epoch: Int, head: String? = nil, metric: String, unit: String, value: Double?, n: Int? = nil
  ) {
    self.runID = runID
    self.epoch = epoch
    self.head = head
    self.metric = metric
    self.unit = unit
    self.value = value
    self.n = n
  }
}
