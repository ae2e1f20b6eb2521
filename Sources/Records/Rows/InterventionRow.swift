/// The change in one head's accuracy when a trained model is made to look elsewhere: a row of interventions.csv.
public struct InterventionRow: CSVRow, SeedRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run", \.run), .init("dataset", \.dataset), .init("variant", \.variant), .init("seed", \.seed),
    .init("intervention", \.intervention), .init("head", \.head), .init("images", \.images),
    .init("top1_percent", \.top1), .init("change_points", \.change), .init("low_95_points", \.low95),
    .init("high_95_points", \.high95), .init("only_before_right", \.onlyBeforeRight),
    .init("only_after_right", \.onlyAfterRight), .init("p_value", \.pValue), .init("p_value_holm", \.adjustedPValue),
  ]
  public static var blank: Self { Self(run: "", dataset: "", variant: "", seed: 0) }

  /// The stem of the checkpoint's name, "s3n-seed0"; for a row over all seeds their common part, "s3n".
  public var run: String
  public var dataset: String
  public var variant: String
  /// Nil for a row over all seeds.
  public var seed: UInt64?
  /// The intervention; "none" for the unmodified model.
  public var intervention = ""
  public var head = ""
  public var images = 0
  /// The accuracy under the intervention.
  public var top1 = 0.0
  /// The accuracy under the intervention minus that of the unmodified model, with its 95 % interval over images, or
  /// over seeds and images; nil for "none".
  public var change: Double?
  public var low95: Double?
  public var high95: Double?
  /// The images classified correctly only by the unmodified model, and only under the intervention; over all seeds, an
  /// image counts once per seed.
  public var onlyBeforeRight = 0
  public var onlyAfterRight = 0
  /// The p-value of McNemar's exact test, or over all seeds of the sign-flip test of the seeds' changes; and the same
  /// with Holm's correction over the interventions on one head.
  public var pValue: Double?
  public var adjustedPValue: Double?

  public init(run: String, dataset: String, variant: String, seed: UInt64?) {
    self.run = run
    self.dataset = dataset
    self.variant = variant
    self.seed = seed
  }
}
