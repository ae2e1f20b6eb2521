import Foundation
import SwiftProtobuf
import Tensors
import TestSupport
import Testing
import WeightFiles

@testable import ONNXFiles

@Suite struct ONNXTests {
  /// The graph that Scripts/golden/make_onnx_case.py creates with the onnx library.
  private var linear: ONNXGraph {
    var graph = ONNXGraph(name: "linear")
    let x = graph.input("x", shape: [.named("batch"), .fixed(3)])
    let weight = graph.constant("fc.weight", Tensor([1, -2, 0.5, 0, 3, 1], shape: [2, 3]))
    let bias = graph.constant("fc.bias", Tensor([0.25, -1], shape: [2]))
    let count = graph.constant("k", integers: [1])
    let logits = graph.node("Gemm", x, weight, bias, attributes: ["transB": .int(1), "alpha": .float(0.5)])
    let top = graph.nodes("TopK", [logits, count], outputs: 2, attributes: ["axis": .int(-1)])
    graph.output(top[0], "y", shape: [.named("batch"), .fixed(1)])
    return graph
  }

  private func written(_ graph: ONNXGraph, metadata: [String: String] = [:]) throws -> Data {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("graph.onnx")
      try writeONNX(graph, metadata: metadata, to: url.path)
      return try Data(contentsOf: url)
    }
  }

  @Test func ourModelIsTheOneThatTheONNXLibraryMakes() throws {
    let url = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/linear.onnx")
    let theirs = try Onnx_ModelProto(serializedBytes: Data(contentsOf: url))
    let ours = try Onnx_ModelProto(serializedBytes: written(linear, metadata: ["b": "2", "a": "1"]))
    #expect(ours == theirs)
    #expect(ours.graph.initializer.count == 3 && ours.graph.node.map(\.opType) == ["Gemm", "TopK", "Identity"])
  }

  @Test func everyKindOfAttributeAndAbsentInputsAreWritten() throws {
    var graph = ONNXGraph(name: "resize")
    let x = graph.input("x", shape: [.fixed(1), .fixed(1), .fixed(2), .fixed(2)])
    let sizes = graph.constant("sizes", integers: [1, 1, 4, 4])
    let resized = graph.node(
      "Resize", x, .absent, .absent, sizes,
      attributes: [
        "mode": .string("linear"), "cubic_coeff_a": .float(-0.5), "axes": .ints([0, -1]), "f": .floats([1, 2]),
      ])
    graph.output(resized, "y", shape: [.fixed(1), .fixed(1), .fixed(4), .fixed(4)])
    let node = try #require(Onnx_ModelProto(serializedBytes: written(graph)).graph.node.first)
    #expect(node.input == ["x", "", "", "sizes"])
    #expect(node.attribute.map(\.name) == ["axes", "cubic_coeff_a", "f", "mode"])
    #expect(node.attribute.map(\.type) == [.ints, .float, .floats, .string])
    #expect(node.attribute[0].ints == [0, -1] && node.attribute[2].floats == [1, 2])
    #expect(node.attribute[1].f == -0.5 && node.attribute[3].s == Data("linear".utf8))
  }

  @Test func theSameGraphGivesTheSameBytes() throws {
    let metadata = Dictionary(uniqueKeysWithValues: (0..<20).map { ("key\($0)", "\($0)") })
    #expect(try written(linear, metadata: metadata) == written(linear, metadata: metadata))
  }

  @Test func anUnwritablePlaceIsATypedError() {
    #expect(throws: WeightFileError.self) { try writeONNX(linear, to: "/proc/a.onnx") }
  }
}
