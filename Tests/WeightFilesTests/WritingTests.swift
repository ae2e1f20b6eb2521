import Foundation
import Tensors
import TestSupport
import Testing

@testable import WeightFiles

@Suite struct WritingTests {
  /// Writes the state dict of a file in another format and returns it.
  @discardableResult private func convert(
    _ input: String, to output: String, ignoring prefixes: [String] = []
  ) throws -> StateDict {
    let dict = try WeightFile(reading: input).stateDict(ignoring: prefixes)
    try writeWeights(dict.tensors, to: output)
    return dict
  }

  @Test(arguments: ["dtypes", "strides", "checkpoint", "parameters", "unsigned", "eights"], ["safetensors", "pth"])
  func convertingKeepsNamesTypesShapesAndBits(_ kind: String, _ format: String) throws {
    let folder = try TemporaryFolder()
    let input = Fixtures.path("\(kind)-zip.pth")
    let output = folder.path("out.\(format)")
    let before = try convert(input, to: output, ignoring: ["map_origin."])
    let after = try WeightFile(reading: output)
    #expect(after.format == (format == "pth" ? .torchZip : .safetensors))
    #expect(Set(after.tensors.map(\.name)) == Set(before.tensors.map(\.name)))
    for tensor in after.tensors {
      #expect(tensor.elementType == before[tensor.name]?.elementType)
      let name = before[tensor.name]?.nameInFile ?? tensor.name
      #expect(try differences(tensor, from: "\(kind)/\(name)") == [])
    }
  }

  @Test(arguments: ["a.safetensors", "a.pth"])
  func theSameTensorsGiveTheSameBytes(_ name: String) throws {
    let folder = try TemporaryFolder()
    let input = Fixtures.path("checkpoint-legacy.pth")
    try convert(input, to: folder.path(name))
    try convert(input, to: folder.path("again-" + name))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
    #expect(bytes == (try Data(contentsOf: URL(fileURLWithPath: folder.path("again-" + name)))))
    #expect(try folder.contents() == [name, "again-" + name].sorted(), "temporary files are left")
  }

  @Test func aFileInPlaceIsReplacedAndOneThatFailsIsNot() throws {
    let folder = try TemporaryFolder()
    for name in ["a.safetensors", "a.pth"] {
      let path = try folder.write([1, 2, 3], as: name)
      let twice = [StoredTensor(name: "w", .zeros([2])), StoredTensor(name: "w", .zeros([2]))]
      #expect(throws: WeightFileError.self) {
        if name.hasSuffix("pth") {
          try writeTorch(twice, to: path)
        } else {
          try writeSafetensors(twice, metadata: [:], to: path)
        }
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
      #expect(try folder.contents().allSatisfy { $0.hasPrefix("a.") })
      try convert(Fixtures.path("dtypes.safetensors"), to: path)
      #expect(try WeightFile(reading: path).tensors.count == 17)
    }
  }

  @Test func unwritablePlacesAreTyped() throws {
    let folder = try TemporaryFolder()
    for path in [
      folder.path("absent/a.safetensors"), folder.path(""), "", "/dev/full", "/proc/a.safetensors",
      folder.path(String(repeating: "n", count: 300)),
    ] {
      do {
        try writeWhole([1, 2, 3], to: path)
        Issue.record("\(path) was written")
      } catch {
        guard case .cannotWrite = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
    #expect(throws: WeightFileError.self) {
      try convert(Fixtures.path("dtypes.safetensors"), to: folder.path("a.onnx"))
    }
    #expect(try folder.contents() == [])
  }

  @Test func aLinkIsWrittenThrough() throws {
    let folder = try TemporaryFolder()
    let real = try folder.write([1], as: "real")
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: real)
    try writeWhole(Data([7]), to: folder.path("link"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: real)) == Data([7]))
    #expect(try folder.contents() == ["link", "real"])
  }

  @Test func manyTensorsTakeWideNumbers() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.pth")
    let tensors = (0..<300).map { StoredTensor(name: "layer.\($0)", Tensor([Float($0)], shape: [1, 1])) }
    try writeTorch(tensors + [StoredTensor(name: "n", integers: [-1, 1 << 40], shape: [2])], to: path)
    let dict = try WeightFile(reading: path).stateDict()
    #expect(dict.tensors.count == 301)
    #expect(try dict.tensor("layer.299").elements == [299])
    #expect(try dict.integers("n") == [-1, 1 << 40])
  }
}
