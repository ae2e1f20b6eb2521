import Foundation
import Tensors
import TestSupport
import Testing

@testable import WeightFiles

@Suite struct TorchReadingTests {
  @Test(arguments: [
    "dtypes-zip.pth", "dtypes-legacy.pth", "strides-zip.pth", "strides-legacy.pth", "checkpoint-zip.pth",
    "checkpoint-legacy.pth", "parameters-zip.pth", "parameters-legacy.pth", "parameters-protocol4-zip.pth",
    "unsigned-zip.pth", "old-legacy.pth", "objects-zip.pth", "objects-legacy.pth", "eights-zip.pth", "unread-zip.pth",
    "unread-legacy.pth", "module-zip.pth",
  ])
  func everyTensorIsWhatPyTorchReads(_ name: String) throws {
    let file = try WeightFile(reading: Fixtures.path(name))
    #expect(file.format == (name.contains("legacy") ? .torchLegacy : .torchZip))
    let kind = String(name.prefix { $0 != "-" })
    let wanted = Set(try Fixtures.expected.entries.map(\.name).filter { $0.hasPrefix(kind + "/") })
    #expect(Set(file.tensors.map { "\(kind)/\($0.name)" }) == wanted)
    for tensor in file.tensors {
      #expect(try differences(tensor, from: "\(kind)/\(tensor.name)") == [])
    }
  }

  @Test func typesAreKept() throws {
    for name in ["dtypes-zip.pth", "dtypes-legacy.pth", "dtypes.safetensors"] {
      let file = try WeightFile(reading: Fixtures.path(name))
      let types = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.elementType) })
      #expect(types["float64"] == .float64 && types["float16"] == .float16 && types["bfloat16"] == .bfloat16)
      #expect(types["int64"] == .int64 && types["int8"] == .int8 && types["uint8"] == .uint8 && types["bool"] == .bool)
    }
  }

  @Test(arguments: ["checkpoint-zip.pth", "checkpoint-legacy.pth"])
  func aCheckpointOfDataParallelGivesTheNetworksNames(_ name: String) throws {
    let dict = try WeightFile(reading: Fixtures.path(name)).stateDict(ignoring: ["map_origin."])
    #expect(
      dict.tensors.map(\.name) == [
        "conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked",
        "raw_classifier.weight", "raw_classifier.bias",
      ])
    #expect(dict.origin.prefix == "module." && dict.origin.entry == "model")
    #expect(
      dict.leftOut.map(\.name) == [
        "epoch_idx", "batch_idx", "optimizer", "module.map_origin.weight", "module.map_origin.bias",
      ])
    #expect(dict.leftOut[2].reason == "a dictionary")
    #expect(try dict.tensor("conv1.weight").shape == [4, 3, 3, 3])
    #expect(try dict.integers("bn1.num_batches_tracked") == [0])
    #expect(
      throws: WeightFileError.noSuchTensor(
        path: Fixtures.path(name), name: "conv1.wieght", nearest: "conv1.weight")
    ) { try dict.tensor("conv1.wieght") }
  }

  @Test func plainValuesBesideTensorsAreReported() throws {
    let file = try WeightFile(reading: Fixtures.path("parameters-zip.pth"))
    #expect(
      file.leftOut == [
        .init(name: "note", reason: "a string"), .init(name: "numbers", reason: "a list"),
      ])
  }

  @Test func aPrefixOfSomeNamesOnlyStays() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.safetensors")
    try writeSafetensors([("module.a", .zeros([1])), ("b", .zeros([1]))], metadata: [:], to: path)
    #expect(try WeightFile(reading: path).stateDict().tensors.map(\.name) == ["module.a", "b"])
  }
}
