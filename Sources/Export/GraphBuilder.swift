import ONNXFiles
import Tensors

/// An ONNX graph under construction, with access to a model's tensors by their state-dict names.
struct GraphBuilder {
  private(set) var graph: ONNXGraph
  private let state: [String: Tensor]
  private var weights: [String: ONNXValue] = [:]
  private var constants = 0

  init(name: String, state: [String: Tensor]) {
    graph = ONNXGraph(name: name)
    self.state = state
  }

  /// A tensor of the model, stored in the file once however often it is used.
  mutating func weight(_ name: String) -> ONNXValue {
    if let known = weights[name] { return known }
    let value = graph.constant(name, tensor(name))
    weights[name] = value
    return value
  }

  /// The elements of a tensor of the model.
  func tensor(_ name: String) -> Tensor {
    guard let tensor = state[name] else { preconditionFailure("the model has no tensor \(name)") }
    return tensor
  }

  mutating func constant(_ elements: [Float], _ shape: [Int]) -> ONNXValue {
    constants += 1
    return graph.constant("constant_\(constants)", Tensor(elements, shape: shape))
  }

  mutating func constant(_ number: Float) -> ONNXValue { constant([number], [1]) }

  mutating func integers(_ numbers: [Int], shape: [Int]? = nil) -> ONNXValue {
    constants += 1
    return graph.constant("constant_\(constants)", integers: numbers, shape: shape)
  }

  mutating func input(_ name: String, _ shape: [ONNXDimension]) -> ONNXValue { graph.input(name, shape: shape) }

  mutating func output(_ value: ONNXValue, _ name: String, _ shape: [ONNXDimension]) {
    graph.output(value, name, shape: shape)
  }

  mutating func node(
    _ operation: String, _ inputs: ONNXValue..., attributes: [String: ONNXAttribute] = [:]
  ) -> ONNXValue {
    graph.nodes(operation, inputs, outputs: 1, attributes: attributes)[0]
  }

  mutating func nodes(
    _ operation: String, _ inputs: [ONNXValue], outputs: Int, attributes: [String: ONNXAttribute] = [:]
  ) -> [ONNXValue] {
    graph.nodes(operation, inputs, outputs: outputs, attributes: attributes)
  }

  // MARK: - Operations with the axes that fit operator set 17

  mutating func sum(_ x: ONNXValue, axes: [Int], keep: Bool = true) -> ONNXValue {
    node("ReduceSum", x, integers(axes), attributes: ["keepdims": .int(keep ? 1 : 0)])
  }

  /// ReduceMax, ReduceMin or ReduceMean over the rows and columns of (N, C, H, W).
  mutating func reduceCells(_ operation: String, _ x: ONNXValue) -> ONNXValue {
    node(operation, x, attributes: ["axes": .ints([2, 3]), "keepdims": .int(1)])
  }

  mutating func unsqueeze(_ x: ONNXValue, _ axes: [Int]) -> ONNXValue { node("Unsqueeze", x, integers(axes)) }

  mutating func transpose(_ x: ONNXValue, _ order: [Int]) -> ONNXValue {
    node("Transpose", x, attributes: ["perm": .ints(order)])
  }

  mutating func slice(_ x: ONNXValue, axes: [Int], from starts: [Int], to ends: [Int]) -> ONNXValue {
    node("Slice", x, integers(starts), integers(ends), integers(axes))
  }
}
