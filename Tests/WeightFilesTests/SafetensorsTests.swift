import Foundation
import Tensors
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
}
