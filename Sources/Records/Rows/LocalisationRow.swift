/// One measure of where a model looks in the test images: a row of localisation.csv.
public struct LocalisationRow: CSVRow, SeedRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run", \.run), .init("dataset", \.dataset), .init("variant", \.variant), .init("seed", \.seed),
    .init("peaks", \.peaks), .init("places", \.places), .init("metric", \.metric), .init("part", \.part),
    .init("tolerance", \.tolerance), .init("unit", \.unit), .init("value", \.value), .init("low_95", \.low95),
    .init("high_95", \.high95), .init("model_minus_null", \.advantage),
    .init("model_minus_null_low_95", \.advantageLow95),
    .init("model_minus_null_high_95", \.advantageHigh95), .init("images", \.images),
  ]
  public static var blank: Self { Self(run: "", dataset: "", variant: "", seed: 0) }

  /// The stem of the checkpoint's name, "s3n-seed0"; for a row over all seeds their common part, "s3n".
  public var run: String
  public var dataset: String
  public var variant: String
  /// Nil for a row over all seeds.
  public var seed: UInt64?
  /// Which of the model's peaks: all, or those that a branch enlarges.
  public var peaks = ""
  /// Whose places: the model's, or a null's of equal number.
  public var places = ""
  public var metric = ""
  /// The part that is measured; nil for all parts or the box.
  public var part: String?
  /// How far a peak may be off, in longer sides of the box; for the pointing game, in pixels of 224.
  public var tolerance: Double?
  public var unit = ""
  /// The mean over images with its 95 % interval over images; for all seeds, both are over seeds and images.
  public var value: Double?
  public var low95: Double?
  public var high95: Double?
  /// For a null: the model's value minus this one, paired by image; nil for the model's own.
  public var advantage: Double?
  public var advantageLow95: Double?
  public var advantageHigh95: Double?
  /// The images that the value is taken over: those in which it is defined for every seed.
  public var images = 0

  public init(run: String, dataset: String, variant: String, seed: UInt64?) {
    self.run = run
    self.dataset = dataset
    self.variant = variant
    self.seed = seed
  }
}
