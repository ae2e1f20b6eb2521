import Foundation

extension Onnx_ValueInfoProto {
  static func floats(_ name: String, _ shape: [ONNXDimension]) -> Onnx_ValueInfoProto {
    var info = Onnx_ValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
    info.type.tensorType.shape.dim = shape.map { size in
      var dimension = Onnx_TensorShapeProto.Dimension()
      switch size {
      case .fixed(let number): dimension.dimValue = Int64(number)
      case .named(let name): dimension.dimParam = name
      }
      return dimension
    }
    return info
  }
}

extension Onnx_TensorProto {
  /// Creates a constant from little-endian elements in row-major order.
  static func constant(_ name: String, _ type: DataType, _ shape: [Int], _ elements: Data) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dims = shape.map(Int64.init)
    tensor.dataType = Int32(type.rawValue)
    tensor.rawData = elements
    return tensor
  }
}

extension Onnx_AttributeProto {
  init(_ name: String, _ value: ONNXAttribute) {
    self.init()
    self.name = name
    switch value {
    case .int(let number):
      type = .int
      i = Int64(number)
    case .ints(let numbers):
      type = .ints
      ints = numbers.map(Int64.init)
    case .float(let number):
      type = .float
      f = number
    case .floats(let numbers):
      type = .floats
      floats = numbers
    case .string(let text):
      type = .string
      s = Data(text.utf8)
    }
  }
}
