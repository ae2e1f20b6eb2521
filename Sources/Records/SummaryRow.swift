/// One metric of one head of one variant over all its seeds: a row of summary.csv.
public struct SummaryRow: CSVRow, Equatable {
  public enum Column: String, CaseIterable, Sendable {
    case dataset, recipe, overrides, variant, p, radius
    case radiusInverse = "radius_inv"
    case head, metric, unit, mean
    case standardDeviation = "standard_deviation"
    case minimum, maximum
    case low95 = "low_95"
    case high95 = "high_95"
    case seeds, diverged, n
  }

  public var dataset: String
  public var recipe: String
  public var overrides: String
  public var variant: String
  public var p: String?
  public var radius: Double?
  public var radiusInverse: Double?
  public var head: String?
  public var metric: String
  public var unit: String
  /// Over the seeds that finished; nil if none did.
  public var mean: Double?
  /// Over the seeds that finished; nil if fewer than two did.
  public var standardDeviation: Double?
  public var minimum: Double?
  public var maximum: Double?
  /// The Wilson 95 % interval of a single run's accuracy over its `n` images; nil for anything else.
  public var low95: Double?
  public var high95: Double?
  /// The seeds that finished.
  public var seeds: Int
  /// The seeds that diverged.
  public var diverged: Int
  /// How many things each run's value is taken over; nil if unknown or not the same for all.
  public var n: Int?

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    dataset = try record[.dataset]
    recipe = try record[.recipe]
    overrides = try record[.overrides]
    variant = try record[.variant]
    p = try record[.p]
    radius = try record[.radius]
    radiusInverse = try record[.radiusInverse]
    head = try record[.head]
    metric = try record[.metric]
    unit = try record[.unit]
    mean = try record[.mean]
    standardDeviation = try record[.standardDeviation]
    minimum = try record[.minimum]
    maximum = try record[.maximum]
    low95 = try record[.low95]
    high95 = try record[.high95]
    seeds = try record[.seeds]
    diverged = try record[.diverged]
    n = try record[.n]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .dataset: dataset.field
    case .recipe: recipe.field
    case .overrides: overrides.field
    case .variant: variant.field
    case .p: p.field
    case .radius: radius.field
    case .radiusInverse: radiusInverse.field
    case .head: head.field
    case .metric: metric.field
    case .unit: unit.field
    case .mean: mean.field
    case .standardDeviation: standardDeviation.field
    case .minimum: minimum.field
    case .maximum: maximum.field
    case .low95: low95.field
    case .high95: high95.field
    case .seeds: seeds.field
    case .diverged: diverged.field
    case .n: n.field
    }
  }

  /// Summarises `runs`, rows of one metric of one head of one variant, of which there is at least one.
  init(of runs: [RunRow], like first: RunRow) {
    dataset = first.dataset
    recipe = first.recipe
    overrides = first.overrides
    variant = first.variant
    p = first.p
    radius = first.radius
    radiusInverse = first.radiusInverse
    head = first.head
    metric = first.metric
    unit = first.unit
    let values = runs.filter { $0.status == .finished }.compactMap(\.value).filter(\.isFinite)
    let estimate = Estimate(values)
    mean = estimate?.mean
    standardDeviation = estimate?.standardDeviation
    minimum = estimate?.minimum
    maximum = estimate?.maximum
    seeds = values.count
    diverged = runs.count { $0.status == .diverged }
    n = runs.allSatisfy { $0.n == first.n } ? first.n : nil
    if metric == Metric.top1, seeds == 1, let mean, let n,
      let interval = wilsonInterval(proportion: mean / 100, n: n)
    {
      low95 = 100 * interval.lowerBound
      high95 = 100 * interval.upperBound
    }
  }
}
