import Layers
import Models
import Tensors
import Testing
import WeightFiles

@Suite struct NetworkGuessTests {
  private func stored(_ slots: [StateDictEntry]) -> [StoredTensor] {
    slots.map { StoredTensor(name: $0.name, .zeros($0.shape)) }
  }

  private static let narrow = [
    ResNetConfiguration(name: "basic", block: .basic, layers: [2, 1, 1, 1], width: 4),
    ResNetConfiguration(name: "more", block: .basic, layers: [2, 1, 2, 1], width: 4),
    ResNetConfiguration(name: "bottleneck", block: .bottleneck, layers: [1, 1, 2, 1], width: 4),
  ]

  @Test(arguments: narrow) func slotsAreThoseOfTheModules(_ backbone: ResNetConfiguration) {
    func shapes(_ module: some Module) -> [String: [Int]] {
      Dictionary(uniqueKeysWithValues: ModuleState.entries(of: module).map { ($0.name, $0.tensor.shape) })
    }
    func shapes(_ slots: [StateDictEntry]) -> [String: [Int]] {
      Dictionary(uniqueKeysWithValues: slots.map { ($0.name, $0.shape) })
    }
    let initial = Initialization(seed: 0)
    let resnet = ResNetClassifier(backbone, classes: 3, initial: initial)
    #expect(shapes(resnet) == shapes(backbone.classifierEntries(classes: 3)))
    for branches in [Branch.allCases, [.discriminative], [.complementary]] {
      var configuration = S3NConfiguration(backbone: backbone, classes: 3)
      configuration.branches = branches
      #expect(shapes(S3N(configuration, initial: initial)) == shapes(configuration.stateDictEntries))
    }
  }

  @Test(arguments: narrow) func aWholeFileIsRecognised(_ backbone: ResNetConfiguration) throws {
    let plain = try #require(NetworkGuess(of: stored(backbone.stateDictEntries), among: Self.narrow))
    #expect(plain.backbone == backbone && plain.isWhole && plain.heads == .none)
    let headed = NetworkGuess(of: stored(backbone.classifierEntries(classes: 7)), among: Self.narrow)
    #expect(headed?.heads == .linear(name: "classifier", classes: 7))
    var configuration = S3NConfiguration(backbone: backbone, classes: 5)
    configuration.branches = [.complementary]
    let s3n = NetworkGuess(of: stored(configuration.stateDictEntries), among: Self.narrow)
    #expect(s3n?.backbone == backbone && s3n?.heads == .s3n(branches: [.complementary], classes: 5))
  }

  /// Guesses from the tensors of the first backbone and `others` with these shapes.
  private func guess(beside others: [(String, [Int])]) -> NetworkGuess? {
    let slots = Self.narrow[0].stateDictEntries + others.map { StateDictEntry($0.0, $0.1) }
    return NetworkGuess(of: stored(slots), among: Self.narrow)
  }

  @Test(arguments: [
    "fc", "classifier", "head", "head.fc", "fc.1", "classifier.2", "fc.0.1", "last_linear", "cls_head.fc",
  ]) func theOneLinearLayerIsTheHeadWhateverItsName(_ name: String) throws {
    let found = try #require(guess(beside: [("\(name).weight", [7, 32]), ("\(name).bias", [7]), ("scale", [1])]))
    #expect(found.heads == .linear(name: name, classes: 7))
    let named = found.namingHead(of: stored([StateDictEntry("\(name).bias", [7]), StateDictEntry("scale", [1])]))
    #expect(named.map(\.name) == ["classifier.bias", "scale"])
    #expect(named[0].nameInFile == "\(name).bias")
  }

  @Test func ofSeveralLinearLayersTheOneOfAKnownNameIsTheHead() throws {
    let others = [("projector.weight", [7, 32]), ("fc.weight", [9, 32])]
    #expect(guess(beside: others)?.heads == .linear(name: "fc", classes: 9))
    for none in [
      [("fc.0.weight", [32, 32]), ("fc.2.weight", [7, 32])], [("fc.0.weight", [16, 32]), ("fc.3.weight", [7, 16])],
      [("fc.0.weight", [32]), ("fc.1.weight", [7, 32])], [("fc.weight", [7, 64])], [("fc.weight", [0, 32])],
      [("a.weight", [7, 32]), ("b.weight", [7, 32])], [("fc.weight_v", [7, 32]), ("fc.weight_g", [7, 1])],
    ] {
      #expect(guess(beside: none)?.heads == NetworkGuess.Heads.none, "\(none)")
    }
  }

  @Test func aPartIsRecognisedAndAForeignNetworkIsNot() throws {
    let part = stored(Self.narrow[2].stateDictEntries.filter { !$0.name.hasPrefix("features.7") })
    let guess = try #require(NetworkGuess(of: part, among: Self.narrow))
    #expect(guess.backbone.name == "bottleneck" && !guess.isWhole)
    #expect(NetworkGuess(of: stored([StateDictEntry("encoder.weight", [3])]), among: Self.narrow) == nil)
  }

  @Test func weightsOfAnotherBackboneNameTheirOwn() throws {
    // "more" contains every tensor of "basic", with the same name and shape.
    for (file, wanted) in [(1, 0), (0, 1), (2, 0), (0, 2)] {
      let tensors = stored(Self.narrow[file].stateDictEntries)
      #expect {
        try ModuleState.requireWeights(tensors, path: "a.pth", of: Self.narrow[wanted], among: Self.narrow)
      } throws: { error in
        "\(error)".contains("This file looks like \(Self.narrow[file].name); use --backbone \(Self.narrow[file].name)")
      }
    }
    for backbone in Self.narrow {
      try ModuleState.requireWeights(stored(backbone.stateDictEntries), path: "a.pth", of: backbone, among: Self.narrow)
      let part = stored(Array(backbone.stateDictEntries.prefix(12)))
      try ModuleState.requireWeights(part, path: "a.pth", of: backbone, among: Self.narrow)
    }
  }

  @Test func aModelLargerThanItsFileIsRefusedBeforeItIsBuilt() {
    let huge = ResNetConfiguration(name: "huge", block: .bottleneck, layers: [64, 64, 64, 64], width: 256)
    #expect(throws: ModelError.self) {
      try ModuleState.requireAll(
        stored(Self.narrow[0].stateDictEntries), path: "a.pth", for: huge.classifierEntries(classes: 100_000),
        modelName: "huge", among: Self.narrow)
    }
  }
}
