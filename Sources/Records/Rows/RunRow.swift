/// One fact about one finished or diverged run: a row of runs.csv.
public struct RunRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID),
    .init("dataset", \.table.dataset), .init("dataset_version", \.table.datasetVersion),
    .init("recipe", \.table.recipe), .init("recipe_version", \.table.recipeVersion),
    .init("overrides", \.table.overrides), .init("variant", \.variant), .init("p", \.p), .init("radius", \.radius),
    .init("radius_inv", \.radiusInverse),
    .init("seed", \.seed), .init("head", \.head), .init("metric", \.metric), .init("unit", \.unit),
    .init("value", \.value), .init("n", \.n), .init("status", \.status),
  ]
  public static var blank: Self {
    Self(
      runID: "", table: TableKey(dataset: "", datasetVersion: "", recipe: "", recipeVersion: 0), variant: "", seed: 0,
      metric: "", unit: "", value: nil)
  }

  public var runID: String
  public var table: TableKey
  public var variant: String
  /// The peak policy as users type it; nil where the variant has none or follows the recipe's schedule.
  public var p: String?
  public var radius: Double?
  public var radiusInverse: Double?
  public var seed: UInt64
  /// The head that the fact is about; nil for facts about the whole run.
  public var head: String?
  public var metric: String
  public var unit: String
  /// nil if the run diverged.
  public var value: Double?
  /// The number of items, such as images, that the value is taken over.
  public var n: Int?
  public var status: RunStatus

  public init(
    runID: String, table: TableKey, variant: String, p: String? = nil,
    radius: Double? = nil, radiusInverse: Double? = nil, seed: UInt64, head: String? = nil, metric: String,
    unit: String, value: Double?, n: Int? = nil, status: RunStatus = .finished
  ) {
    self.runID = runID
    self.table = table
    self.variant = variant
    self.p = p
    self.radius = radius
    self.radiusInverse = radiusInverse
    self.seed = seed
    self.head = head
    self.metric = metric
    self.unit = unit
    self.value = value
    self.n = n
    self.status = status
  }
}

/// How a run ended; the raw values are the names in runs.csv.
public enum RunStatus: String, CaseIterable, CSVField, Sendable {
  case finished
  /// The loss became NaN or infinite.
  case diverged
}
