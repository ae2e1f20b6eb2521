import Layers
import Models
import Operators
import WeightFiles

/// A model with all its weights from any readable file: one of our checkpoints, or a whole third-party state dict.
public struct TrainedModel {
  /// What a user knows about a third-party file; nil infers it from the file.
  public struct Expectation: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable { case resnet, s3n }
    public var kind: Kind?
    public var backbone: String?
    public var classes: Int?

    public init() {}
  }

  public enum Network {
    case resnet(ResNetClassifier)
    case s3n(S3N)

    public var classifier: any ImageClassifier {
      switch self {
      case .resnet(let model): model
      case .s3n(let model): model
      }
    }
  }

  public let path: String
  public let network: Network
  public let classes: Int
  /// How it is tested: as in its own training, or as in the released code if the file does not say.
  public internal(set) var recipe: Recipe
  public internal(set) var cell: Cell
  /// The last epoch of its training, from 0, which determines the peak policy of its tests.
  public let epoch: Int
  /// The dataset that it was trained on and the selected classes, if the file says so.
  public let dataset: (name: String, classes: String?)?
  public let classNames: [String]?
  public let report: WeightLoadReport

  public var backbone: ResNetConfiguration { recipe.backbone }
  /// Where its own tests look.
  public var sampling: SamplingRule { EpochSampling.testing(cell, recipe, epoch: epoch).rule }

  /// Throws `tooLarge` if memory does not suffice to write the model as a graph, or to run it on `images` images of
  /// `size` pixels at once.
  public func requireExportMemory(images: Int, size: Int) throws(ExperimentError) {
    try recipe.requireExportMemory(for: cell.variant, classes: classes)
    guard images > 0 else { return }
    var sample = recipe
    (sample.batch, sample.size) = (images, size)
    try sample.requireTestMemory(.sample, for: cell.variant, classes: classes)
  }

  /// Reads the file; throws `WeightFileError`, `ModelError` and `ExperimentError`.
  public init(reading path: String, expecting expectation: Expectation = Expectation()) throws {
    let file = try WeightFile(reading: path)
    if Checkpoint.isOne(file.metadata) {
      self = try TrainedModel(Checkpoint(file, path: path), path: path, expectation)
      return
    }
    let dict = try file.networkState(ignoring: [releasedDuplicate])
    let plan = try NetworkPlan(dict.tensors, path: path, expectation)
    (network, report) = try plan.build(dict)
    self.path = path
    classes = plan.classes
    cell = Cell(plan.variant, seed: 0)
    recipe = plan.testRecipe
    epoch = recipe.schedule(for: plan.variant).epochs - 1
    dataset = nil
    classNames = nil
  }

  private init(_ checkpoint: Checkpoint, path: String, _ expectation: Expectation) throws {
    switch checkpoint.model {
    case let model as ResNetClassifier: network = .resnet(model)
    case let model as S3N: network = .s3n(model)
    default: throw ExperimentError.foreignCheckpoint(path: path, reason: "its model is of an unknown kind")
    }
    self.path = path
    (recipe, cell, epoch) = (checkpoint.recipe, checkpoint.cell, checkpoint.epoch)
    (dataset, classNames, classes) = (checkpoint.dataset, checkpoint.classNames, checkpoint.classNames.count)
    report = checkpoint.report
    let isS3N = if case .s3n = network { true } else { false }
    let contradictions = [
      expectation.kind.flatMap { ($0 == .s3n) == isS3N ? nil : "--model \($0.rawValue)" },
      expectation.backbone.flatMap { $0 == recipe.backbone.name ? nil : "--backbone \($0)" },
      expectation.classes.flatMap { $0 == classes ? nil : "--classes \($0)" },
    ].compactMap { $0 }
    if let first = contradictions.first {
      throw ExperimentError.contradicted(
        path: path, is: "\(cell.variant.name) on \(recipe.backbone.name) with \(classes) classes", option: first)
    }
  }
}
