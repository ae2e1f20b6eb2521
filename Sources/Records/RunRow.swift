/// One fact about one finished run: a row of runs.csv.
public struct RunRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("dataset", \.dataset), .init("recipe", \.recipe), .init("overrides", \.overrides),
    .init("variant", \.variant), .init("p", \.p), .init("radius", \.radius), .init("radius_inv", \.radiusInverse),
    .init("seed", \.seed), .init("head", \.head), .init("metric", \.metric), .init("unit", \.unit),
    .init("value", \.value), .init("n", \.n), .init("status", \.status),
  ]
  public static var blank: Self {
    Self(runID: "", dataset: "", recipe: "", variant: "", seed: 0, metric: "", unit: "", value: nil)
  }

  public var runID: String
  public var dataset: String
  public var recipe: String
  /// What was set apart from the recipe, such as "epochs=3 size=160"; empty if nothing.
  public var overrides: String
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
  /// nil where there is none: the run diverged.
  public var value: Double?
  /// How many things, such as images, the value is taken over.
  public var n: Int?
  public var status: RunStatus

  public init(
    runID: String, dataset: String, recipe: String, overrides: String = "", variant: String, p: String? = nil,
    radius: Double? = nil, radiusInverse: Double? = nil, seed: UInt64, head: String? = nil, metric: String,
    unit: String, value: Double?, n: Int? = nil, status: RunStatus = .finished
  ) {
    self.runID = runID
    self.dataset = dataset
    self.recipe = recipe
    self.overrides = overrides
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
