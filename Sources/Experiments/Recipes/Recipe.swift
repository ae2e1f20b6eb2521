import Datasets
import Files
import Layers
import Models
import Operators
import Records
import Tensors

/// How a model is trained and tested: all its numbers, and what overrides its published form.
public struct Recipe: Sendable, Equatable, Codable {
  /// The name that users type.
  public let name: String
  /// Increases with every change of the values under this name: results of two versions never share a table.
  public let version: Int
  /// One line for a list of recipes.
  public let summary: String
  public var backbone: ResNetConfiguration
  /// Whether training starts from the embedded backbone, which was pretrained on other painted birds.
  public var startsPretrained = false
  /// Height and width of the images that the model sees, in pixels.
  public var size: Int
  /// Side length to which a test image is resized before the centre crop, as a multiple of `size`.
  public var testResizeRatio = 75.0 / 56
  /// Images per optimiser step.
  public var batch: Int
  /// The most images that share batch statistics; nil for the whole batch.
  public var normalizationGroup: Int?
  /// The base learning rate of the variants with sampled passes, which their pretrained layers use.
  public var learningRate: Double
  /// The base learning rate of a plain ResNet.
  public var baselineLearningRate: Double
  public var momentum = 0.9
  public var weightDecay = 1e-4
  public var groups = SGD.Group.released
  /// The label's share of the target in the losses with label smoothing: raw and complementary.
  public var keep = 0.85
  /// The share of a training image's area that is cropped.
  public var cropScale: ClosedRange<Double> = 0.5...1
  /// The attention where there is no peak.
  public var floor = 0.09
  public var smoothing = SmoothingMethod.fft
  /// The schedule of the variants with sampled passes.
  public var samplingSchedule: Schedule
  /// The schedule of a plain ResNet.
  public var baselineSchedule: Schedule
  /// Differences from the recipe of this name, by key; results under different overrides never share a table.
  public private(set) var overrides: [String: String] = [:]

  /// A recipe with the released code's values by default; `baselineRate` defaults to `rate`.
  public init(
    name: String, version: Int, summary: String, backbone: ResNetConfiguration, size: Int, batch: Int, rate: Double,
    baselineRate: Double? = nil, samplingSchedule: Schedule, baselineSchedule: Schedule
  ) {
    (self.name, self.version, self.summary) = (name, version, summary)
    (self.backbone, self.size, self.batch) = (backbone, size, batch)
    (learningRate, baselineLearningRate) = (rate, baselineRate ?? rate)
    (self.samplingSchedule, self.baselineSchedule) = (samplingSchedule, baselineSchedule)
  }

  /// The format in which features and their gradients are stored and multiplied; recorded as an override unless it is
  /// fp32, so that results of two precisions never share a table.
  public var precision: Precision {
    get { overrides[Self.precisionKey].flatMap(Precision.init(rawValue:)) ?? .fp32 }
    set { overrides[Self.precisionKey] = newValue == .fp32 ? nil : newValue.rawValue }
  }
  private static let precisionKey = "precision"

  /// The overrides as written in result files: "backbone=resnet18 size=128", sorted.
  public var overridesText: String { TableKey.text(ofOverrides: overrides) }

  /// Records that `key` was set to `value`.
  public mutating func note(_ key: String, _ value: String) { overrides[key] = value }

  /// Random crops and flips.
  public var trainTransform: Transform { .randomResizedCrop(size: size, scale: cropScale) }

  /// The whole image resized to a square, then centre-cropped: 600 to 448, 300 to 224.
  public var testTransform: Transform { .resizeCentreCrop(resize: testResize, crop: size) }

  /// Side length in pixels to which a test image is resized before the centre crop.
  public var testResize: Int { Int((Double(size) * testResizeRatio).rounded()) }

  public func schedule(for variant: Variant) -> Schedule {
    guard variant.branches.isEmpty else { return samplingSchedule }
    guard variant.isTrainedLonger else { return baselineSchedule }
    return baselineSchedule.stretched(to: Variant.s3n.passes * samplingSchedule.epochs)
  }

  /// The base learning rate of an epoch.
  public func learningRate(for variant: Variant, epoch: Int) -> Double {
    (variant.branches.isEmpty ? baselineLearningRate : learningRate)
      * schedule(for: variant).learningRateFactor(epoch: epoch)
  }
}

extension Recipe {
  /// All recipes that are known by name.
  public static let all = [paper, reduced, quick, pretraining]

  /// The recipe of `name`; throws `unknownName`, which lists the known ones.
  public static func named(_ name: String) throws(ExperimentError) -> Recipe {
    try known("recipe", name, among: all, by: \.name)
  }

  /// The default recipe of a dataset.
  public static func standard(for dataset: CatalogueEntry) -> Recipe { dataset.needsFolder ? reduced : quick }
}

/// The candidate called `name`; throws `unknownName`, which names the `kind`, if there is none.
func known<Thing>(
  _ kind: String, _ name: String, among candidates: [Thing], by key: (Thing) -> String
) throws(ExperimentError) -> Thing {
  if let found = candidates.first(where: { key($0) == name }) { return found }
  let names = candidates.map(key)
  throw .unknownName(kind: kind, name: name, known: names, nearest: nearestName(to: name, among: names))
}
