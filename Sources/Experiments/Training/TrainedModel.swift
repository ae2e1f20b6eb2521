import Layers
import Models
import Operators
import WeightFiles

/// A model with all its weights from any file that is read: a checkpoint of ours, or a whole state dict of others.
public struct TrainedModel {
  /// What a user knows about a file of others; nil leaves it to what the file looks like.
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

  public let network: Network
  public let backbone: ResNetConfiguration
  public let classes: Int
  /// The height and width of the images that it was trained on, if the file says so.
  public let size: Int?
  /// Where its own tests look, if the file says so.
  public let sampling: SamplingRule?
  public let classNames: [String]?
  public let report: WeightLoadReport

  /// Reads the file; throws `WeightFileError`, `ModelError` and `ExperimentError`.
  public init(reading path: String, expecting expectation: Expectation = Expectation()) throws {
    let file = try WeightFile(reading: path)
    if Checkpoint.isOne(file.metadata) {
      self = try TrainedModel(Checkpoint(reading: path), path: path, expectation)
      return
    }
    let dict = try file.stateDict(ignoring: [releasedDuplicate])
    let plan = try Plan(dict.tensors, path: path, expectation)
    let initial = Initialization(seed: 0)
    switch plan.heads {
    case .resnet(let headName):
      let tensors = dict.tensors.map { $0.renamed($0.name.replacing(prefix: headName + ".", with: "classifier.")) }
      try plan.require(tensors, plan.backbone.classifierSlots(classes: plan.classes))
      let model = ResNetClassifier(plan.backbone, classes: plan.classes, initial: initial)
      report = try plan.load(tensors, into: model, leftOut: dict.leftOut)
      network = .resnet(model)
    case .s3n(let branches):
      var configuration = S3NConfiguration(backbone: plan.backbone, classes: plan.classes)
      configuration.branches = branches
      try plan.require(dict.tensors, configuration.tensorSlots)
      let model = S3N(configuration, initial: initial)
      report = try plan.load(dict.tensors, into: model, leftOut: dict.leftOut)
      network = .s3n(model)
    }
    (backbone, classes, size, sampling, classNames) = (plan.backbone, plan.classes, nil, nil, nil)
  }

  private init(_ checkpoint: Checkpoint, path: String, _ expectation: Expectation) throws {
    switch checkpoint.model {
    case let model as ResNetClassifier: network = .resnet(model)
    case let model as S3N: network = .s3n(model)
    default: throw ExperimentError.foreignCheckpoint(path: path, reason: "its model is of a kind that is not known")
    }
    let isS3N = if case .s3n = network { true } else { false }
    let contradictions = [
      expectation.kind.flatMap { ($0 == .s3n) == isS3N ? nil : "--model \($0.rawValue)" },
      expectation.backbone.flatMap { $0 == checkpoint.recipe.backbone.name ? nil : "--backbone \($0)" },
      expectation.classes.flatMap { $0 == checkpoint.classNames.count ? nil : "--classes \($0)" },
    ].compactMap { $0 }
    if let first = contradictions.first {
      throw ExperimentError.foreignCheckpoint(
        path: path,
        reason: "it is \(checkpoint.cell.variant.name) on \(checkpoint.recipe.backbone.name) with "
          + "\(checkpoint.classNames.count) classes, which \(first) contradicts")
    }
    backbone = checkpoint.recipe.backbone
    classes = checkpoint.classNames.count
    size = checkpoint.recipe.size
    sampling = isS3N ? checkpoint.testSampling : nil
    classNames = checkpoint.classNames
    report = checkpoint.report
  }
}

/// What to build for a state dict of others.
private struct Plan {
  enum Heads {
    case resnet(headName: String)
    case s3n([Branch])
  }

  let path: String
  let backbone: ResNetConfiguration
  let classes: Int
  let heads: Heads

  init(_ tensors: [StoredTensor], path: String, _ expectation: TrainedModel.Expectation) throws {
    self.path = path
    let guess = NetworkGuess(of: tensors, among: ResNetConfiguration.known)
    guard let backbone = try expectation.backbone.map(ResNetConfiguration.named) ?? guess?.backbone else {
      throw ModelError.foreignWeights(
        path: path, model: "a network that is known here", reason: "no backbone has tensors of these names and shapes")
    }
    self.backbone = backbone
    func missing(_ what: String) -> ModelError {
      .foreignWeights(path: path, model: "a whole network on \(backbone.name)", reason: "it has \(what)")
    }
    switch (expectation.kind, guess?.heads) {
    case (nil, .s3n(let branches, let found)), (.s3n, .s3n(let branches, let found)):
      heads = .s3n(branches)
      classes = expectation.classes ?? found
    case (nil, .linear(let name, let found)), (.resnet, .linear(let name, let found)):
      heads = .resnet(headName: name)
      classes = expectation.classes ?? found
    case (.s3n, _): throw missing("no joint head \"con_classifier\", as S3N has")
    case (.resnet, .s3n): throw missing("the heads of S3N, and not the one of a ResNet")
    default: throw missing("no linear head \"fc\" or \"classifier\"; train it first, with --weights")
    }
  }

  private var modelName: String { if case .s3n = heads { "S3N on \(backbone.name)" } else { backbone.name } }

  /// Throws `foreignWeights` if the tensors do not fill every place.
  func require(_ tensors: [StoredTensor], _ slots: [TensorSlot]) throws(ModelError) {
    try ModuleState.requireAll(
      tensors, path: path, for: slots, modelName: modelName, among: ResNetConfiguration.known)
  }

  func load(
    _ tensors: [StoredTensor], into model: some ImageClassifier, leftOut: [WeightFile.LeftOut]
  ) throws -> WeightLoadReport {
    var report = try ModuleState.load(
      tensors, path: path, into: model, modelName: modelName, demand: .all, among: ResNetConfiguration.known)
    report.ignored += leftOut
    return report
  }
}

extension String {
  /// The text with another beginning, if it begins so.
  fileprivate func replacing(prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
