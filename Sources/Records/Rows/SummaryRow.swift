import Statistics

/// One metric of one head of one variant over all its seeds: a row of summary.csv.
public struct SummaryRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("dataset", \.table.dataset), .init("dataset_version", \.table.datasetVersion),
    .init("recipe", \.table.recipe), .init("recipe_version", \.table.recipeVersion),
    .init("overrides", \.table.overrides), .init("variant", \.variant), .init("p", \.p), .init("radius", \.radius),
    .init("radius_inv", \.radiusInverse),
    .init("head", \.head), .init("metric", \.metric), .init("unit", \.unit), .init("mean", \.mean),
    .init("standard_deviation", \.standardDeviation), .init("minimum", \.minimum), .init("maximum", \.maximum),
    .init("low_95", \.low95), .init("high_95", \.high95), .init("seeds", \.seeds), .init("diverged", \.diverged),
    .init("n", \.n),
  ]
  public static var blank: Self { Self(of: [], like: .blank) }

  public var table: TableKey
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
  /// The number of items that each run's value is taken over; nil if unknown or not the same for all.
  public var n: Int?

  /// Summarises `runs`, rows of the same metric, head and variant as `first`.
  init(of runs: [RunRow], like first: RunRow) {
    table = first.table
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
