import Foundation
import Tensors
import PickleAssembler
import TestSupport
import Testing

@testable import WeightFiles

@Suite struct SafetensorsTests {
  @Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.safetensors")
    let image = Tensor((0..<24).map { Float($0) - 3.5 }, shape: [2, 3, 4])
    let scalar = Tensor([7], shape: [])
    let empty = Tensor([], shape: [0, 5])
    let metadata = ["model": "s3n", "quote\"\\\n\u{1}": "Grünfink 🐦", "": ""]
    try writeSafetensors(
      [("b", image), ("a \"é\" 🐦", scalar), ("", empty)], metadata: metadata, to: path)
    let file = try SafetensorsFile(reading: path)
    #expect(file.metadata == metadata)
    #expect(file.entries.map(\.name) == ["b", "a \"é\" 🐦", ""])
    #expect(file.entries.map(\.shape) == [[2, 3, 4], [], [0, 5]])
    #expect(try file.tensor("b").elements == image.elements)
    #expect(try file.tensor("a \"é\" 🐦").elements == [7])
    #expect(try file.tensor("").shape == [0, 5])
    #expect(file["c"] == nil)
  }

  @Test func everyTypeOfTheFormatsOwnLibraryIsRead() throws {
    let file = try SafetensorsFile(reading: Fixtures.path("dtypes.safetensors"))
    #expect(file.metadata == ["made_by": "safetensors", "é\n": "\"\\"])
    #expect(Set(file.entries.map(\.elementType)) == Set(ElementType.allCases))
    for entry in file.entries {
      let origin =
        switch entry.elementType {
        case .uint16, .uint32, .uint64: "unsigned"
        case .float8E4M3, .float8E5M2: "eights"
        default: "dtypes"
        }
      #expect(try differences(entry, from: "\(origin)/\(entry.name)") == [])
    }
  }

  @Test func floatsAndIntegersAreNotTakenForEachOther() throws {
    let path = Fixtures.path("dtypes.safetensors")
    let file = try SafetensorsFile(reading: path)
    let error = WeightFileError.wrongType(
      path: path, name: "int8", expected: "a floating-point type", found: "I8")
    #expect(throws: error) { try file.tensor("int8") }
    #expect(throws: WeightFileError.self) { try file.integers("float32") }
    let folder = try TemporaryFolder()
    let header = #"{"a":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}}"#
    let bytes = Pickle.little(UInt64(header.utf8.count)) + Array(header.utf8) + Pickle.little(UInt64.max)
    let large = try SafetensorsFile(reading: folder.write(bytes, as: "a.safetensors"))
    #expect(throws: WeightFileError.self) { try large.integers("a") }
  }
}
