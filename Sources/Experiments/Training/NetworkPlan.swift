import Files
import Layers
import Models
import WeightFiles

/// What to build for a third-party state dict, and how to test it.
struct NetworkPlan {
  enum Heads {
    case resnet
    case s3n([Branch])
  }

  let path: String
  /// The file's tensors; those of a linear head have the names used here.
  private let tensors: [StoredTensor]
  let backbone: ResNetConfiguration
  let classes: Int
  let heads: Heads

  init(_ tensors: [StoredTensor], path: String, _ expectation: TrainedModel.Expectation) throws {
    self.path = path
    let guess = NetworkGuess(of: tensors, among: ResNetConfiguration.known)
    guard let backbone = try expectation.backbone.map(ResNetConfiguration.named) ?? guess?.backbone else {
      throw ModelError.foreignWeights(
        path: path, model: "a known network", reason: "no backbone has tensors of these names and shapes")
    }
    self.backbone = backbone
    self.tensors = guess?.namingHead(of: tensors) ?? tensors
    func unfit(_ found: String, _ advice: String) -> ExperimentError {
      .unfitHeads(path: path, backbone: backbone.name, found: found, advice: advice)
    }
    switch (expectation.kind, guess?.heads) {
    case (nil, .s3n(let branches, let found)), (.s3n, .s3n(let branches, let found)):
      guard !branches.isEmpty else {
        throw unfit("no head \"sampler_classifier\" of a sampled pass, as S3N has", "Name a complete state dict.")
      }
      heads = .s3n(branches)
      classes = expectation.classes ?? found
    case (nil, .linear(_, let found)), (.resnet, .linear(_, let found)):
      heads = .resnet
      classes = expectation.classes ?? found
    case (.s3n, _):
      throw unfit("no joint head \"con_classifier\", as S3N has", "Leave --model out, or name another file.")
    case (.resnet, .s3n):
      throw unfit("the heads of S3N, not the one of a ResNet", "Leave --model out, or name another file.")
    default:
      let others = tensors.filter { $0.shape.count == 2 }.prefix(4).map { "\(printable($0.nameInFile)) \($0.shape)" }
      throw unfit(
        "no linear head \"fc\" or \"classifier\" of \(backbone.featureChannels) inputs"
          + (others.isEmpty ? "" : ", alone behind its features, but \(others.joined(separator: ", "))"),
        "Train one first: bench train --weights FILE.")
    }
  }

  private var modelName: String { if case .s3n = heads { "S3N on \(backbone.name)" } else { backbone.name } }

  /// The variant with this structure.
  var variant: Variant {
    switch heads {
    case .resnet, .s3n([]): .baseline
    case .s3n([.discriminative]): .discriminativeOnly
    case .s3n([.complementary]): .complementaryOnly
    case .s3n: .s3n
    }
  }

  /// The recipe for tests: S3N at 448 pixels as in the released code, a ResNet at 224 as in torchvision.
  var testRecipe: Recipe {
    var recipe = Recipe.paper
    recipe.backbone = backbone
    if case .resnet = heads { recipe.size = 224 }
    return recipe
  }

  /// Builds the network with every tensor taken from the file; throws `foreignWeights` before building if some are
  /// missing, and `notFinite`.
  func build(_ dict: StateDict) throws -> (TrainedModel.Network, WeightLoadReport) {
    let initial = Initialization(seed: 0)
    switch heads {
    case .resnet:
      try require(backbone.classifierEntries(classes: classes))
      let model = ResNetClassifier(backbone, classes: classes, initial: initial)
      return (.resnet(model), try load(dict, into: model))
    case .s3n(let branches):
      var configuration = S3NConfiguration(backbone: backbone, classes: classes)
      configuration.branches = branches
      try require(configuration.stateDictEntries)
      let model = S3N(configuration, initial: initial)
      return (.s3n(model), try load(dict, into: model))
    }
  }

  private func require(_ slots: [StateDictEntry]) throws(ModelError) {
    try ModuleState.requireAll(
      tensors, path: path, for: slots, modelName: modelName, among: ResNetConfiguration.known)
  }

  private func load(_ dict: StateDict, into model: some ImageClassifier) throws -> WeightLoadReport {
    var report = try ModuleState.load(
      tensors, path: path, into: model, modelName: modelName, strictness: .strict, among: ResNetConfiguration.known)
    report.note(dict)
    return report
  }
}
