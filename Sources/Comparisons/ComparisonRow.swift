import Records

/// How one variant compares with another: a row of comparisons.csv.
///
/// Differences are the variant's accuracy minus the other's, in points, on the test images, by the heads that predict.
/// Seeds are paired: seed k means the same order and the same random crops and flips of the training images, and the
/// same initial values of every tensor that both variants have.
public struct ComparisonRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("dataset", \.table.dataset), .init("dataset_version", \.table.datasetVersion),
    .init("recipe", \.table.recipe), .init("recipe_version", \.table.recipeVersion),
    .init("overrides", \.table.overrides), .init("family", \.family),
    .init("variant", \.cell.variant), .init("p", \.cell.p), .init("radius", \.cell.radius),
    .init("radius_inv", \.cell.radiusInverse), .init("head", \.head),
    .init("against", \.other.variant), .init("against_p", \.other.p), .init("against_radius", \.other.radius),
    .init("against_radius_inv", \.other.radiusInverse), .init("against_head", \.otherHead),
    .init("seeds", \.seedCount), .init("seeds_left_out", \.seedsLeftOut), .init("images", \.imageCount),
    .init("only_variant_right", \.onlyVariantRight), .init("only_against_right", \.onlyOtherRight),
    .init("accuracy_percent", \.accuracy), .init("against_accuracy_percent", \.otherAccuracy),
    .init("difference_points", \.difference),
    .init("images_p_value", \.images.pValue), .init("images_p_value_holm", \.images.adjustedPValue),
    .init("images_low_95_points", \.images.low95), .init("images_high_95_points", \.images.high95),
    .init("images_smallest_points", \.images.smallestPoints),
    .init("seeds_p_value", \.seeds.pValue), .init("seeds_p_value_holm", \.seeds.adjustedPValue),
    .init("seeds_and_images_low_95_points", \.seeds.low95), .init("seeds_and_images_high_95_points", \.seeds.high95),
    .init("seeds_smallest_points", \.seeds.smallestPoints), .init("seeds_needed", \.seedsNeeded),
    .init("interquartile_mean_points", \.interquartileMean),
    .init("probability_better", \.probabilityBetter), .init("probability_better_low_95", \.probabilityLow95),
    .init("probability_better_high_95", \.probabilityHigh95),
    .init("bootstrap_resamples", \.resamples), .init("bootstrap_seed", \.bootstrapSeed), .init("verdict", \.verdict),
  ]
  public static var blank: Self { Self(RunRow.blank.cell, against: RunRow.blank.cell) }

  /// The rows among which p-values are corrected together.
  public enum Family: String, CaseIterable, CSVField, Sendable {
    /// The primary comparisons: those with the reference variant.
    case reference = "with the reference"
    case others = "all other pairs"
  }

  public var table: TableKey {
    get { cell.table }
    set {
      cell.table = newValue
      other.table = newValue
    }
  }
  public var family = Family.reference
  public var cell: Cell
  public var head = ""
  /// The cell with which the variant is compared.
  public var other: Cell
  public var otherHead = ""

  /// The seeds that both variants finished.
  public var seedCount = 0
  /// The seeds that at most one of them finished.
  public var seedsLeftOut = 0
  public var imageCount = 0
  /// Over all paired seeds, the answers that are right for one variant and wrong for the other.
  public var onlyVariantRight = 0
  public var onlyOtherRight = 0
  /// Over the paired seeds, in percent; nil without any, like everything below.
  public var accuracy: Double?
  public var otherAccuracy: Double?
  public var difference: Double?

  /// Evidence for these weights on images of the kind: McNemar's exact test, for several seeds the sign-flip test of
  /// each image's sum over seeds, which equals it for one seed; the BCa bootstrap interval over images.
  public var images = Evidence()
  /// Evidence for training with other seeds: the sign-flip test of the seeds' differences; the bootstrap interval over
  /// both seeds and images; from two seeds on.
  public var seeds = Evidence()
  /// The fewest paired seeds that could be significant in this family.
  public var seedsNeeded: Int?
  /// Of the seeds' differences in points, from four seeds on.
  public var interquartileMean: Double?
  /// The probability that a run of the variant beats one of the other, ties counting half; from two seeds on.
  public var probabilityBetter: Double?
  public var probabilityLow95: Double?
  public var probabilityHigh95: Double?

  public var resamples = 10_000
  /// The seed of the bootstraps, the same for every row: if rows join the table, only the corrections of others change.
  public var bootstrapSeed: UInt64 = 2019
  public var verdict = Verdict.notShown

  /// The smallest difference, in points, that could have changed the verdict from "no difference shown"; nil if none.
  public var smallestPoints: Double? { [images.smallestPoints, seeds.smallestPoints].compactMap { $0 }.min() }

  /// The 95 % interval of the difference in points: over seeds and images, or over images if there is one seed.
  public var interval: ClosedRange<Double>? { seeds.interval ?? images.interval }

  init(_ cell: Cell, against other: Cell) {
    self.cell = cell
    self.other = other
  }
}
