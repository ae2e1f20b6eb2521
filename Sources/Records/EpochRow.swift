/// One fact about one epoch of a run, such as the joint head's accuracy or the training loss: a row of epochs.csv.
public struct EpochRow: CSVRow, Equatable {
  public enum Column: String, CaseIterable, Sendable {
    case runID = "run_id"
    case epoch, head, metric, unit, value, n
  }

  public var runID: String
  /// From 0.
  public var epoch: Int
  /// The head that the fact is about; nil for facts about the whole network.
  public var head: String?
  public var metric: String
  public var unit: String
  public var value: Double?
  /// How many things, such as images, the value is taken over.
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

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    runID = try record[.runID]
    epoch = try record[.epoch]
    head = try record[.head]
    metric = try record[.metric]
    unit = try record[.unit]
    value = try record[.value]
    n = try record[.n]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .runID: runID.field
    case .epoch: epoch.field
    case .head: head.field
    case .metric: metric.field
    case .unit: unit.field
    case .value: value.field
    case .n: n.field
    }
  }
}
