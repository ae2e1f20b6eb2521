/// What a head says of birdlets that were painted again with some marks flipped: a row of counterfactuals.csv.
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
  /// The test images that the head names right as they are, in which the flipped parts are seen.
  public var images = 0
  /// Of these, the share in which the answer turns: to the class with the marks as they are now; where one mark is flipped, which
  /// no class differs in alone, to a class that bears that mark as it is now. With its 95 % Wilson interval.
  public var turned: Double?
  public var low95: Double?
  public var high95: Double?
  /// The images in which the attention of D was at the flipped parts before: at least half of its maximum.
  public var attendedImages = 0
  /// The share that turns among these, and among the others; nil where there are none.
  public var turnedAttended: Double?
  public var turnedUnattended: Double?

  /// The images of the latter; of a damaged file any number.
  public var unattendedImages: Int { images &- attendedImages }

  public init(run: String, dataset: String, variant: String, seed: UInt64) {
    self.run = run
    self.dataset = dataset
    self.variant = variant
    self.seed = seed
  }
}
