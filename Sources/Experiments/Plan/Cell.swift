import Layers
import Models

/// One run of an ablation: a variant with its radii under one seed.
public struct Cell: Sendable {
  public let variant: Variant
  /// Initial value of the discriminative radius, in widths of the map; nil if the variant does not use it.
  public let radius: Double?
  /// Initial value of the complementary radius, likewise.
  public let radiusInverse: Double?
  public let seed: UInt64

  /// The released code's radii.
  public static let defaultRadius = 0.09
  public static let defaultRadiusInverse = 0.3

  /// Drops radii that the variant does not use.
  public init(
    _ variant: Variant, radius: Double = defaultRadius, radiusInverse: Double = defaultRadiusInverse, seed: UInt64
  ) {
    self.variant = variant
    self.radius = variant.usesRadius ? radius : nil
    self.radiusInverse = variant.usesRadiusInverse ? radiusInverse : nil
    self.seed = seed
  }

  /// Identifies the run within its table: "s3n-seed0", "s3n-radius0.05-seed0". The same in every process.
  public var key: String { "\(family)-seed\(seed)" }

  /// The key without the seed: "s3n", "s3n-radius0.05".
  public var family: String {
    var parts = [variant.name]
    if let radius, radius != Self.defaultRadius { parts.append("radius\(radius)") }
    if let radiusInverse, radiusInverse != Self.defaultRadiusInverse { parts.append("radius_inv\(radiusInverse)") }
    return parts.joined(separator: "-")
  }

  /// Whether it precedes `other` in a table: by variant in the order of `Variant.all`, by radii, then by seed.
  public func precedes(_ other: Cell) -> Bool {
    let names = Variant.all.map(\.name)
    func place(_ cell: Cell) -> (Int, Double, Double, UInt64) {
      (names.firstIndex(of: cell.variant.name) ?? names.count, cell.radius ?? 0, cell.radiusInverse ?? 0, cell.seed)
    }
    return place(self) < place(other)
  }

  /// The cell's model with initial weights from its seed.
  func makeModel(_ recipe: Recipe, classes: Int) -> any ImageClassifier {
    let initial = Initialization(seed: PlantedFault.seed(seed))
    let model: any ImageClassifier =
      s3nConfiguration(recipe, classes: classes).map { S3N($0, initial: initial) }
      ?? ResNetClassifier(recipe.backbone, classes: classes, initial: initial)
    model.precision = recipe.precision
    return model
  }

  /// The entries of a state dict of the cell's model.
  public func stateDictEntries(_ recipe: Recipe, classes: Int) -> [StateDictEntry] {
    s3nConfiguration(recipe, classes: classes)?.stateDictEntries ?? recipe.backbone.classifierEntries(classes: classes)
  }

  /// The cell's S3N configuration; nil for a variant that is a plain ResNet.
  public func s3nConfiguration(_ recipe: Recipe, classes: Int) -> S3NConfiguration? {
    guard !variant.branches.isEmpty else { return nil }
    var configuration = S3NConfiguration(backbone: recipe.backbone, classes: classes)
    configuration.branches = variant.branches
    configuration.smoothing = recipe.smoothing
    configuration.floor = Float(recipe.floor)
    configuration.radius = Float(radius ?? Self.defaultRadius)
    configuration.radiusInverse = Float(radiusInverse ?? Self.defaultRadiusInverse)
    return configuration
  }

  /// The cost of the run in backbone passes over images; a training pass counts as three.
  func work(epochs: Int, trainImages: Int, testImages: Int) -> Int {
    epochs * variant.passes * (3 * trainImages + testImages)
  }
}
