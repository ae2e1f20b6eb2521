import Datasets
import Layers
import Models
import Operators
import Records
import Tensors

/// How a model is trained and tested: every number of it, and what was set apart from its published form.
public struct Recipe: Sendable, Equatable, Codable {
  /// The name that users type.
  public let name: String
  /// Rises with every change of the values under this name: results of two versions never share a table.
  public let version: Int
  /// One line for a list of recipes.
  public let summary: String
  public var backbone: ResNetConfiguration
  /// Whether training starts from the embedded backbone, which was pretrained on other painted birds.
  public var startsPretrained = false
  /// Height and width of the images that the model sees, in pixels.
  public var size: Int
  /// Height and width that a test image is resized to before its middle is cut out, as a multiple of `size`.
  public var testResizeRatio = 75.0 / 56
  /// Images of one optimiser step.
  public var batch: Int
  /// The most images that share their batch statistics; nil for the whole batch.
  public var normalizationGroup: Int?
  /// The base rate of the variants with sampled passes, which pretrained layers learn with.
  public var learningRate: Double
  /// The base rate of a plain ResNet.
  public var baselineLearningRate: Double
  public var momentum = 0.9
  public var weightDecay = 1e-4
  public var groups = SGD.Group.released
  /// The share of the target that stays on the label in the losses that smooth: raw and complementary.
  public var keep = 0.85
  /// The share of a training image's area that is cut out.
  public var cropScale: ClosedRange<Double> = 0.5...1
  /// The attention where there is no peak.
  public var floor = 0.09
  public var smoothing = SmoothingMethod.fft
  /// The course of the variants with sampled passes.
  public var samplingSchedule: Schedule
  /// The course of a plain ResNet.
  public var baselineSchedule: Schedule
  /// What differs from the recipe of this name, by key; results under different overrides never share a table.
  public private(set) var overrides: [String: String] = [:]

  /// A recipe with the released code's values wherever nothing is said; `baselineRate` is `rate` unless given.
  public init(
    name: String, version: Int, summary: String, backbone: ResNetConfiguration, size: Int, batch: Int, rate: Double,
    baselineRate: Double? = nil, samplingSchedule: Schedule, baselineSchedule: Schedule
  ) {
    (self.name, self.version, self.summary) = (name, version, summary)
    (self.backbone, self.size, self.batch) = (backbone, size, batch)
    (learningRate, baselineLearningRate) = (rate, baselineRate ?? rate)
    (self.samplingSchedule, self.baselineSchedule) = (samplingSchedule, baselineSchedule)
  }

  /// What features and their gradients are stored and multiplied as; noted where it is not fp32, so that results of two
  /// precisions never share a table.
  public var precision: Precision {
    get { overrides[Self.precisionKey].flatMap(Precision.init(rawValue:)) ?? .fp32 }
    set { overrides[Self.precisionKey] = newValue == .fp32 ? nil : newValue.rawValue }
  }
  private static let precisionKey = "precision"

  /// The overrides as they stand in result files: "backbone=resnet18 size=128", sorted.
  public var overridesText: String { TableKey.text(ofOverrides: overrides) }

  /// Notes that `key` was set to `value`.
  public mutating func note(_ key: String, _ value: String) { overrides[key] = value }

  /// Random crops and flips.
  public var trainTransform: Transform { .randomResizedCrop(size: size, scale: cropScale) }

  /// The whole image squeezed to a square, of which the middle is seen: 600 to 448, 300 to 224.
  public var testTransform: Transform { .resizeCentreCrop(resize: testResize, crop: size) }

  /// Height and width that a test image is resized to before its middle is cut out.
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

  /// What a dataset is trained with if nothing is said.
  public static func standard(for dataset: CatalogueEntry) -> Recipe { dataset.needsFolder ? reduced : quick }
}

/// The one of `candidates` called `name`; throws `unknownName` for a `kind` of thing.
func known<Thing>(
  _ kind: String, _ name: String, among candidates: [Thing], by key: (Thing) -> String
) throws(ExperimentError) -> Thing {
  if let found = candidates.first(where: { key($0) == name }) { return found }
  let names = candidates.map(key)
  throw .unknownName(kind: kind, name: name, known: names, nearest: nearestName(to: name, among: names))
}
