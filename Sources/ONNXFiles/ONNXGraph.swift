import Foundation
import Tensors

/// A value in an ONNX graph: an input, a constant or the output of a node.
public struct ONNXValue: Sendable, Hashable {
  let name: String

  /// Stands for an optional input of a node that is omitted.
  public static let absent = ONNXValue(name: "")
}

/// The size of a dimension of an input or output: a number, or a name if it is only known at run time.
public enum ONNXDimension: Sendable, Hashable {
  case fixed(Int)
  case named(String)
}

/// An attribute of a node.
public enum ONNXAttribute: Sendable, Hashable {
  case int(Int)
  case ints([Int])
  case float(Float)
  case floats([Float])
  case string(String)
}

/// An ONNX graph under construction; see https://onnx.ai/onnx/operators for the operators, their inputs and attributes.
public struct ONNXGraph: Sendable {
  private(set) var message = Onnx_GraphProto()
  private var names: Set<String> = []

  public init(name: String) { message.name = name }

  /// Adds a float32 input.
  public mutating func input(_ name: String, shape: [ONNXDimension]) -> ONNXValue {
    message.input.append(.floats(name, shape))
    return value(name)
  }

  /// Adds a float32 constant.
  public mutating func constant(_ name: String, _ tensor: Tensor) -> ONNXValue {
    let elements = tensor.withUnsafeBufferPointer { Data(buffer: $0) }
    message.initializer.append(.constant(name, .float, tensor.shape, elements))
    return value(name)
  }

  /// Adds an int64 constant, one-dimensional unless a shape is given.
  public mutating func constant(_ name: String, integers: [Int], shape: [Int]? = nil) -> ONNXValue {
    let shape = shape ?? [integers.count]
    precondition(shape.reduce(1, *) == integers.count, "\(integers.count) integers do not fill a shape of \(shape)")
    let elements = integers.map(Int64.init).withUnsafeBufferPointer { Data(buffer: $0) }
    message.initializer.append(.constant(name, .int64, shape, elements))
    return value(name)
  }

  /// Adds a node with one output.
  public mutating func node(
    _ operation: String, _ inputs: ONNXValue..., attributes: [String: ONNXAttribute] = [:]
  ) -> ONNXValue {
    nodes(operation, inputs, outputs: 1, attributes: attributes)[0]
  }

  /// Adds a node with several outputs.
  public mutating func nodes(
    _ operation: String, _ inputs: [ONNXValue], outputs: Int, attributes: [String: ONNXAttribute] = [:]
  ) -> [ONNXValue] {
    var node = Onnx_NodeProto()
    node.name = "\(operation)_\(message.node.count)"
    node.opType = operation
    node.input = inputs.map(\.name)
    node.output = (0..<outputs).map { outputs == 1 ? node.name : "\(node.name)_\($0)" }
    // Sorted by name, so that the same graph always gives the same bytes.
    node.attribute = attributes.sorted { $0.key < $1.key }.map { Onnx_AttributeProto($0.key, $0.value) }
    message.node.append(node)
    return node.output.map { value($0) }
  }

  /// Makes the value a float32 output with this name.
  public mutating func output(_ value: ONNXValue, _ name: String, shape: [ONNXDimension]) {
    var node = Onnx_NodeProto()
    node.name = "Identity_\(message.node.count)"
    node.opType = "Identity"
    node.input = [value.name]
    node.output = [self.value(name).name]
    message.node.append(node)
    message.output.append(.floats(name, shape))
  }

  private mutating func value(_ name: String) -> ONNXValue {
    precondition(!name.isEmpty && names.insert(name).inserted, "the name \"\(name)\" is empty or taken in the graph")
    return ONNXValue(name: name)
  }
}
