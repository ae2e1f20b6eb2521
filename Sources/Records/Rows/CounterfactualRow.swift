/// How a head answers for birdlets repainted with some marks flipped: a row of counterfactuals.csv.
public struct CounterfactualRow: CSVRow, ModelRow, Equatable, Codable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run", \.run), .init("dataset", \.dataset), .init("variant", \.variant), .init("seed", \.seed),
    .init("flipped", \.flipped), .init("head", \.head), .init("images", \.images), .init("turned_percent", \.turned),
    .init("low_95", \.low95), .init("high_95", \.high95), .init("attended_images", \.attendedImages),
    .init("turned_attended_percent", \.turnedAttended), .init("turned_unattended_percent", \.turnedUnattended),
  ]
  public static var blank: Self { Self(run: "", dataset: "", variant: "", seed: 0) }

  /// The stem of the checkpoint's name: "s3n-seed0".
  public var run: String
  public var dataset: String
  public var variant: String
  public var seed: UInt64
  /// The parts whose marks are flipped: "crown", "crown + eye".
  public var flipped = ""
  public var head = ""
  /// The original test images that the head classifies correctly and in which the flipped parts are visible.
  public var images = 0
  /// The share of these whose answer changes to the class with the new marks; for a single mark, in which alone no two
  /// classes differ, to any class with the new mark. With its 95 % Wilson interval.
  public var turned: Double?
  public var low95: Double?
  public var high95: Double?
  /// The images in which the attention of D at the flipped parts was at least half of its maximum before.
  public var attendedImages = 0
  /// The share whose answer changes among these images and among the others; nil where there are none.
  public var turnedAttended: Double?
  public var turnedUnattended: Double?

  /// The number of the other images; in a damaged file, any number.
  public var unattendedImages: Int { images &- attendedImages }

  public init(run: String, dataset: String, variant: String, seed: UInt64) {
    self.run = run
    self.dataset = dataset
    self.variant = variant
    self.seed = seed
  }
}
