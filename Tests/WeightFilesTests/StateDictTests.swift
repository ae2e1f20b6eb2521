import PickleAssembler
import Tensors
import TestSupport
import Testing

@testable import WeightFiles

/// Where checkpoints keep their state dict, and the prefixes of its names.
@Suite struct StateDictTests {
  /// Returns a dictionary of `count` tensors, "w0" first.
  private func weights(_ count: Int) -> [UInt8] {
    Array("}(".utf8)
      + (0..<count).flatMap {
        Pickle.string("w\($0)") + Pickle.tensor(Pickle.storage("0", count: 2), shape: [2], strides: [1])
      } + Array("u".utf8)
  }

  private func read(_ object: [UInt8], entry: String? = nil) throws -> WeightFile {
    let folder = try TemporaryFolder()
    let path = try folder.write(Pickle.legacyFile(object, storages: [("0", 2)]), as: "a.pth")
    return try WeightFile(reading: path, entry: entry)
  }

  @Test(arguments: [
    "model", "state_dict", "model_state_dict", "model_ema", "ema", "params", "weights", "teacher", "student", "net",
    "network", "a name of one's own",
  ]) func theKeyOfAStateDictIsTakenOff(_ key: String) throws {
    let file = try read(Pickle.dictionary((key, weights(3)), ("epoch", Pickle.integer(1))))
    #expect(file.entry == key && file.tensors.count == 3 && file.otherEntries == [])
    #expect(file.leftOut == [.init(name: "epoch", reason: "an integer")])
  }

  @Test func ofSeveralTheLikeliestIsTakenAndTheOthersAreNamed() throws {
    let file = try read(
      Pickle.dictionary(("model_ema", weights(4)), ("model", weights(3)), ("optimizer", weights(1))))
    #expect(file.entry == "model" && file.otherEntries == ["model_ema"])
    #expect(
      file.leftOut.map(\.reason) == [
        "a state dict of 4 tensors", "a dictionary",
      ])
    #expect(try file.stateDict().origin.description == " from 'model' (not 'model_ema')")
    let object = Pickle.dictionary(("model_ema", weights(4)), ("model", weights(3)))
    #expect(try read(object, entry: "model_ema").tensors.count == 4)
    let error = #expect(throws: WeightFileError.self) { try read(object, entry: "ema") }
    #expect(error?.description.contains("holds no state dict \"ema\"; it holds model_ema, model") == true)
  }

  @Test func aFewTensorsUnderAKnownKeyAreNoStateDict() throws {
    let object = Array(weights(5).dropLast()) + Pickle.string("params") + weights(1) + Array("u".utf8)
    let file = try read(object)
    #expect(file.entry == nil && file.tensors.count == 5 && file.leftOut.map(\.name) == ["params"])
  }

  @Test func aStateDictMayLieDeeper() throws {
    let inner = Pickle.dictionary(("model", weights(3)), ("seed", Pickle.integer(1)))
    let file = try read(Pickle.dictionary(("checkpoint", inner), ("epoch", Pickle.integer(2))))
    #expect(file.entry == "checkpoint.model")
    #expect(file.leftOut.map(\.name) == ["epoch", "checkpoint.seed"])
    #expect(try read(Pickle.dictionary(("checkpoint", inner)), entry: "checkpoint.model").tensors.count == 3)
  }

  @Test func aWholeModuleGivesItsStateDict() throws {
    let file = try WeightFile(reading: Fixtures.path("module-zip.pth"))
    #expect(
      file.tensors.map(\.name) == [
        "mean", "stem.conv1.weight", "stem.bn1.weight", "stem.bn1.bias", "stem.bn1.running_mean",
        "stem.bn1.running_var",
        "stem.bn1.num_batches_tracked", "stem.raw_classifier.weight", "stem.raw_classifier.bias",
        "stem.map_origin.weight", "stem.map_origin.bias", "head.1.weight", "head.1.bias",
      ])
    for tensor in file.tensors { #expect(try differences(tensor, from: "module/\(tensor.name)") == []) }
  }

  @Test func modulesWithoutAnEndAreAnError() throws {
    func module(_ children: [UInt8]) -> [UInt8] {
      Pickle.global("net", "Net") + Array(")".utf8) + [0x81]
        + Pickle.dictionary(("_parameters", weights(1)), ("_modules", children)) + Array("b".utf8)
    }
    // A module that contains itself, and forty levels of a module that contains the next one twice.
    let itself =
      Pickle.global("net", "Net") + Array(")".utf8) + [0x81] + Array("q\u{5}".utf8)
      + Pickle.dictionary(
        ("_parameters", weights(1)), ("_modules", Pickle.dictionary(("a", Array("h\u{5}".utf8))))) + Array("b".utf8)
    var shared = module(Array("}".utf8))
    for _ in 0..<40 {
      shared += Array("q\u{5}0".utf8)
      shared += module(Pickle.dictionary(("a", Array("h\u{5}".utf8)), ("b", Array("h\u{5}".utf8))))
    }
    // A name that is stored once and precedes each of many parts.
    let name = Pickle.string(String(repeating: "n", count: 900)) + Array("q\u{6}".utf8)
    let again = Array(repeating: Array("h\u{6}N".utf8), count: 100_000).joined()
    let wide = module(Array("}(".utf8) + name + Pickle.none + again + Array("u".utf8))
    for object in [itself, shared, wide] {
      let error = #expect(throws: WeightFileError.self) { try read(object) }
      #expect(error?.description.contains("without an end") == true)
    }
  }

  @Test func tensorsThatAreNotReadAreNamed() throws {
    for name in ["unread-zip.pth", "unread-legacy.pth"] {
      let file = try WeightFile(reading: Fixtures.path(name))
      #expect(file.tensors.map(\.name) == ["weight"])
      let kinds = Dictionary(uniqueKeysWithValues: file.leftOut.map { ($0.name, $0.reason) })
      #expect(kinds["complex"] == "a tensor of complex64")
      #expect(kinds["conjugate"]?.contains("conjugation") == true)
      #expect(
        kinds["sparse"]?.contains("a sparse tensor") == true && kinds["rows"]?.contains("a sparse tensor") == true)
      #expect(kinds["quantized"]?.contains("a quantized tensor") == true)
      #expect(kinds["meta"]?.contains("a meta tensor") == true)
    }
  }

  private func normalised(_ names: [String], layers: Set<String> = []) throws -> StateDict {
    let folder = try TemporaryFolder()
    let path = folder.path("a.safetensors")
    try writeSafetensors(names.map { ($0, Tensor.zeros([1])) }, metadata: [:], to: path)
    return try WeightFile(reading: path).stateDict(layers: layers)
  }

  private static let layers: Set = ["conv1", "layer1", "fc"]
  private static let network = ["conv1.weight", "layer1.0.conv1.weight", "fc.weight"]

  @Test(arguments: [
    "module.", "_orig_mod.", "module._orig_mod.", "model.", "backbone.", "net.", "module.encoder_q.", "any.words.",
    "layer1.",
  ]) func whatStandsBeforeEveryNameIsTakenOff(_ prefix: String) throws {
    let dict = try normalised(Self.network.map { prefix + $0 }, layers: Self.layers)
    #expect(dict.tensors.map(\.name) == Self.network)
    #expect(dict.tensors.map(\.nameInFile) == Self.network.map { prefix + $0 })
    #expect(dict.origin.description == " without the prefix '\(prefix)'")
  }

  @Test func aFewNamesWithoutItKeepTheirs() throws {
    let averaged = try normalised(["n_averaged"] + Self.network.map { "module." + $0 })
    #expect(averaged.tensors.map(\.name) == ["n_averaged"] + Self.network && averaged.origin.prefix == "module.")
    let parts = try normalised(
      ["model.backbone.conv1.weight", "model.backbone.layer1.0.conv1.weight", "model.head.fc.weight", "model.scale"],
      layers: Self.layers)
    #expect(parts.tensors.map(\.name) == ["conv1.weight", "layer1.0.conv1.weight", "head.fc.weight", "scale"])
    let contrast = try normalised(
      Self.network.map { "module.encoder_q." + $0 } + Self.network.map { "module.encoder_k." + $0 } + ["module.queue"],
      layers: Self.layers)
    #expect(
      contrast.tensors.map(\.name) == Self.network + Self.network.map { "encoder_k." + $0 } + ["queue"])
  }

  @Test func namesOfANetworkItselfStay() throws {
    for names in [
      Self.network, ["features.0.weight", "features.1.weight"], ["layer1.0.conv1.weight", "layer1.1.conv1.weight"],
    ] {
      let dict = try normalised(names, layers: Self.layers)
      #expect(dict.tensors.map(\.name) == names && dict.origin.prefix == nil && dict.origin.description == "")
    }
  }

  @Test func ofTwoThatBecomeOneTheOtherStaysWholeOrIsLeftOut() throws {
    let dict = try normalised(
      ["a.b.conv1.weight", "a.b.layer1.weight", "a.conv1.weight", "layer1.weight"], layers: Self.layers)
    #expect(dict.tensors.map(\.name) == ["conv1.weight", "layer1.weight", "a.conv1.weight"])
    #expect(dict.leftOut == [.init(name: "layer1.weight", reason: "a.b.layer1.weight is taken for it")])
  }
}
