/// One fact about one finished run: a row of runs.csv.
public struct RunRow: CSVRow, Equatable {
  public enum Column: String, CaseIterable, Sendable {
    case runID = "run_id"
    case dataset, recipe, overrides, variant, p, radius
    case radiusInverse = "radius_inv"
    case seed, head, metric, unit, value, n, status
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

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    runID = try record[.runID]
    dataset = try record[.dataset]
    recipe = try record[.recipe]
    overrides = try record[.overrides]
    variant = try record[.variant]
    p = try record[.p]
    radius = try record[.radius]
    radiusInverse = try record[.radiusInverse]
    seed = try record[.seed]
    head = try record[.head]
    metric = try record[.metric]
    unit = try record[.unit]
    value = try record[.value]
    n = try record[.n]
    status = try record[.status]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .runID: runID.field
    case .dataset: dataset.field
    case .recipe: recipe.field
    case .overrides: overrides.field
    case .variant: variant.field
    case .p: p.field
    case .radius: radius.field
    case .radiusInverse: radiusInverse.field
    case .seed: seed.field
    case .head: head.field
    case .metric: metric.field
    case .unit: unit.field
    case .value: value.field
    case .n: n.field
    case .status: status.field
    }
  }
}

/// How a run ended; the raw values are the names in runs.csv.
public enum RunStatus: String, CaseIterable, CSVField, Sendable {
  case finished
  /// The loss became NaN or infinite.
  case diverged
}

/// Names of metrics and units that other parts look for.
public enum Metric {
  /// Accuracy at the last epoch, in percent of `n` images.
  public static let top1 = "top1"
  /// The best accuracy over the epochs, chosen on the test set.
  public static let bestTop1 = "best_top1"
  /// The epoch of `bestTop1`, from 0.
  public static let bestEpoch = "best_epoch"
  /// The images of which a head says the same as the head that predicts, in percent.
  public static let agreement = "agreement"
  /// Accuracy on the training images as they were trained on.
  public static let trainTop1 = "train_top1"
  public static let trainLoss = "train_loss"
  /// Mean cross entropy on the test images, without label smoothing.
  public static let testLoss = "test_loss"
  public static let learningRate = "learning_rate"
  public static let percent = "percent"
}

/// Names of the heads, as in the columns `head`.
public enum Head {
  /// The head that predicts; a network of one head has only this one.
  public static let joint = "joint"
  public static let raw = "raw"
  public static let discriminative = "discriminative"
  public static let complementary = "complementary"
}
