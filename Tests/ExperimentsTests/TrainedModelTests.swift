import Datasets
import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing
import WeightFiles

@testable import Experiments

/// Third-party weight files, as `bench evaluate` and `bench export` accept them.
@Suite(.serialized) struct TrainedModelTests {
  private let folder: TemporaryFolder
  private let resnet = ResNetClassifier(.resnet8Narrow, classes: 3, initial: Initialization(seed: 4))
  private let s3n = S3N(
    S3NConfiguration(backbone: .resnet8Narrow, classes: 3), initial: Initialization(seed: 5))

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  /// Writes a file of the module's tensors under the names that `name` returns for ours; nil leaves a tensor out.
  private func file(_ module: some Module, _ file: String, name: (String) -> String?) throws -> String {
    let entries = ModuleState.entries(of: module).compactMap { entry in
      name(entry.name).map { (name: $0, tensor: entry.tensor) }
    }
    try writeSafetensors(entries, metadata: ["made_by": "somebody"], to: path(file))
    return path(file)
  }

  private static func torchvision(_ name: String) -> String {
    let stages = ["0": "conv1", "1": "bn1", "4": "layer1", "5": "layer2", "6": "layer3", "7": "layer4"]
    let parts = name.split(separator: ".", maxSplits: 2).map(String.init)
    if parts[0] == "classifier" { return name.replacing("classifier", with: "fc") }
    return "\(stages[parts[1]] ?? "?").\(parts[2])"
  }

  private func expected(_ variant: Variant, _ model: any ImageClassifier) throws -> Evaluation {
    var recipe = Recipe.paper
    recipe.backbone = .resnet8Narrow
    recipe.size = 32
    let trainer = Trainer(Cell(variant, seed: 0), recipe, model, on: .tiny())
    return try #require(try trainer.evaluate(epoch: recipe.samplingSchedule.epochs))
  }

  private func same(_ found: Evaluation, _ expected: Evaluation) -> Bool {
    found.predictionRows(id: "a", classNames: ["a", "b", "c"])
      == expected.predictionRows(id: "a", classNames: ["a", "b", "c"])
      && found.scores.map(\.loss) == expected.scores.map(\.loss) && found.scores.count == expected.scores.count
  }

  @Test func filesOfOthersScoreAsTheModelThatTheyHold() throws {
    let torchvision = try file(resnet, "torchvision.safetensors", name: Self.torchvision)
    try writeWeights(WeightFile(reading: torchvision).tensors, to: path("torchvision.pth"))
    let released = try file(resnet, "released.safetensors") { "module." + $0 }
    let wanted = try expected(.baseline, resnet)
    for path in [torchvision, path("torchvision.pth"), released] {
      let model = try TrainedModel(reading: path)
      #expect(model.recipe.size == 224 && model.dataset == nil && model.classes == 3)
      #expect(try same(model.tested(size: 32).evaluate(on: .tiny()), wanted), "\(path)")
    }
  }

  @Test(arguments: [
    ("module.", "module.fc"), ("_orig_mod.", "_orig_mod.fc"), ("module._orig_mod.", "module._orig_mod.fc"),
    ("model.", "model.fc"), ("backbone.", "head.fc"), ("backbone.", "head"), ("net.", "net.classifier.2"),
    ("module.encoder_q.", "module.encoder_q.fc.1"), ("", "fc.1"), ("", "classifier.2"), ("", "head.fc"),
    ("model.backbone.", "model.head"), ("features.", "fc"), ("whatever.they.wrote.", "last_linear"),
  ]) func wrappersAndOtherHeadsAreTakenOff(_ prefix: String, _ head: String) throws {
    let wrapped = try file(resnet, "wrapped.safetensors") { name in
      name.hasPrefix("classifier.")
        ? name.replacing("classifier", with: head) : prefix + Self.torchvision(name)
    }
    let model = try TrainedModel(reading: wrapped)
    #expect(model.classes == 3 && model.report.origin.prefix == (prefix.isEmpty ? nil : prefix))
    #expect(model.report.summary.contains("without the prefix '\(prefix)'") == !prefix.isEmpty)
    #expect(try same(model.tested(size: 32).evaluate(on: .tiny()), expected(.baseline, resnet)))
  }

  @Test func anAveragedModelBesideItsCounterIsTakenWhole() throws {
    let entries = ModuleState.entries(of: resnet).map {
      (name: "module." + Self.torchvision($0.name), tensor: $0.tensor)
    }
    try writeSafetensors(
      [("n_averaged", Tensor([7], shape: []))] + entries, metadata: [:], to: path("averaged.safetensors"))
    let model = try TrainedModel(reading: path("averaged.safetensors"))
    #expect(model.report.ignored.map(\.name) == ["n_averaged"] && model.report.unused.isEmpty)
  }

  @Test func weightsThatAreNotFiniteAreRefusedBeforeAnImageIsRead() throws {
    for (name, value) in [
      ("features.0.weight", Float.nan), ("features.1.running_var", -1), ("classifier.bias", .infinity),
    ] {
      let entries = ModuleState.entries(of: resnet).map { entry in
        var tensor = entry.tensor
        if entry.name == name { tensor[0] = value }
        return (name: Self.torchvision(entry.name), tensor: tensor)
      }
      try writeSafetensors(entries, metadata: [:], to: path("broken.safetensors"))
      let error = #expect(throws: ModelError.self) { try TrainedModel(reading: path("broken.safetensors")) }
      #expect(error?.description.contains("\(Self.torchvision(name)) (1 ") == true)
      let initial = try InitialWeights(path("broken.safetensors"), for: .resnet8Narrow)
      var recipe = Recipe.tiny
      recipe.backbone = .resnet8Narrow
      let plan = try AblationPlan(dataset: "tiny", recipe: recipe, variants: [.baseline])
      var ablation = try Ablation(plan, on: .tiny())
      ablation.weights = initial
      // torchvision's head is not part of the network that starts from these weights.
      if name.hasPrefix("features.") {
        #expect(throws: ModelError.self) { try ablation.validate() }
      } else {
        try ablation.validate()
      }
    }
  }

  @Test func logitsThatAreNotFiniteAreAnError() throws {
    let entries = ModuleState.entries(of: resnet).map { entry in
      (
        name: entry.name,
        tensor: entry.name == "classifier.weight" ? Tensor(repeating: 3e38, shape: entry.tensor.shape) : entry.tensor
      )
    }
    try writeSafetensors(entries, metadata: [:], to: path("huge.safetensors"))
    let model = try TrainedModel(reading: path("huge.safetensors")).tested(size: 32)
    let error = #expect(throws: ExperimentError.self) { try model.evaluate(on: .tiny()) }
    #expect(error == .notFinite(path: model.path) && error?.fault == .notFinite)
  }

  @Test func theReleasedNetworkIsTestedAtItsPeaks() throws {
    let file = try file(s3n, "s3n.safetensors") { "module." + $0 }
    let model = try TrainedModel(reading: file)
    #expect(model.recipe.size == 448 && model.sampling == .peaks(.extremes) && model.cell.variant.name == "s3n")
    #expect(try same(model.tested(size: 32).evaluate(on: .tiny()), expected(.s3n, s3n)))
    for (p, variant) in [(0, Variant.s3nP0), (1, .s3nP1), (2, .s3nP2)] {
      let tested = try model.tested(size: 32, p: p)
      #expect(try same(tested.evaluate(on: .tiny()), expected(variant, s3n)), "p = \(p)")
      #expect(tested.title == "s3n on resnet8-narrow at 32 x 32 pixels, the middle of 43 x 43, p = \(p)")
    }
  }

  @Test func aBranchThatIsNotThereIsAnotherVariant() throws {
    var configuration = S3NConfiguration(backbone: .resnet8Narrow, classes: 3)
    configuration.branches = [.complementary]
    let one = S3N(configuration, initial: Initialization(seed: 5))
    let model = try TrainedModel(reading: file(one, "one.safetensors") { $0 })
    #expect(model.cell.variant.name == "complementary-only")
    #expect(try same(model.tested(size: 32).evaluate(on: .tiny()), expected(.complementaryOnly, one)))
  }

  @Test func anotherNumberOfClassesIsRefused() throws {
    let model = try TrainedModel(reading: file(resnet, "three.safetensors") { $0 })
    let error = #expect(throws: ExperimentError.self) { try model.evaluate(on: .tiny(classes: 2)) }
    #expect(error == .otherClassCount(path: model.path, classes: 3, dataset: "tiny", found: 2))
    #expect(error?.description.contains("three.safetensors has 3 classes") == true)
    #expect(error?.description.contains("has 2: name the dataset") == true && error?.fault == .data)
  }

  @Test(arguments: [
    ("features.5.0.conv1.weight", "features.5.0.conv1.weight is absent"),
    ("sampler_buffer1.0.weight", "sampler_buffer1.0.weight is absent"),
    ("con_classifier.bias", "con_classifier.bias is absent"),
    ("radius.scale", "radius.scale is absent"),
  ]) func aFileWithoutATensorIsRefused(_ name: String, _ reason: String) throws {
    let path = try file(s3n, "partial.safetensors") { $0 == name ? nil : $0 }
    let error = #expect(throws: ModelError.self) { try TrainedModel(reading: path) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func aBackboneWithoutHeadsIsRefused() throws {
    let plain = try file(resnet, "backbone.safetensors") { $0.hasPrefix("classifier") ? nil : $0 }
    let error = #expect(throws: ExperimentError.self) { try TrainedModel(reading: plain) }
    #expect(error?.description.contains("no linear head \"fc\" or \"classifier\"") == true && error?.fault == .data)
    let headless = try file(s3n, "headless.safetensors") { $0.hasPrefix("sampler_classifier") ? nil : $0 }
    let other = #expect(throws: ExperimentError.self) { try TrainedModel(reading: headless) }
    #expect(other?.description.contains("no head \"sampler_classifier\"") == true)
    let jointless = try file(s3n, "jointless.safetensors") { $0 == "con_classifier.weight" ? nil : $0 }
    #expect(throws: ExperimentError.self) { try TrainedModel(reading: jointless) }
    var expectation = TrainedModel.Expectation()
    for (kind, path) in [
      (TrainedModel.Expectation.Kind.s3n, try file(resnet, "a") { $0 }), (.resnet, try file(s3n, "b") { $0 }),
    ] {
      expectation.kind = kind
      let error = #expect(throws: ExperimentError.self) { try TrainedModel(reading: path, expecting: expectation) }
      #expect(error?.description.contains("Leave --model out") == true)
    }
  }

  @Test func whatIsNoFileOfWeightsIsRefused() throws {
    try Data("hello".utf8).write(to: URL(fileURLWithPath: path("text")))
    try Data().write(to: URL(fileURLWithPath: path("empty")))
    let whole = try Data(contentsOf: URL(fileURLWithPath: file(resnet, "whole.safetensors") { $0 }))
    try whole.dropLast(1000).write(to: URL(fileURLWithPath: path("truncated")))
    for path in [path("text"), path("empty"), path("truncated"), path("absent"), folder.url.path, "/dev/zero"] {
      #expect(throws: WeightFileError.self, "\(path)") { try TrainedModel(reading: path) }
    }
  }

  @Test func nonsenseTestsAreRefused() throws {
    let plain = try TrainedModel(reading: file(resnet, "resnet.safetensors") { $0 })
    let sampled = try TrainedModel(reading: file(s3n, "s3n.safetensors") { $0 })
    var unsampled = sampled
    unsampled.cell = Cell(.identity, seed: 0)
    for (model, size, resize, p) in [
      (plain, 31, nil, nil), (plain, 2049, nil, nil), (plain, 64, 63, nil), (plain, 64, 257, nil), (plain, 64, nil, 2),
      (unsampled, 64, nil, 2), (sampled, 64, nil, 3), (sampled, 64, nil, -1),
    ] as [(TrainedModel, Int, Int?, Int?)] {
      let error = #expect(throws: ExperimentError.self) { try model.tested(size: size, testResize: resize, p: p) }
      #expect(error?.fault == .usage)
    }
  }

  @Test func imagesAreCutOutOfTheSizeThatIsSaid() throws {
    let model = try TrainedModel(reading: file(resnet, "resnet.safetensors") { $0 })
    let tested = try model.tested(size: 32, testResize: 36)
    #expect(tested.title.hasSuffix("at 32 x 32 pixels, the middle of 36 x 36"))
    #expect(try !same(tested.evaluate(on: .tiny()), expected(.baseline, resnet)))
    #expect(try same(model.tested(size: 32, testResize: 43).evaluate(on: .tiny()), expected(.baseline, resnet)))
  }
}
