import Tensors

/// A named tensor of a weight file: what it is, and the way to its elements, which stay on disk until asked for.
public struct StoredTensor: Sendable {
  public var name: String
  public let elementType: ElementType
  /// The sizes of the dimensions, outermost first; empty for a scalar.
  public let shape: [Int]
  let storage: any StoredBytes
  let layout: StridedLayout

  /// The number of elements.
  public var count: Int { layout.count }

  /// A tensor to be written, as float32.
  public init(name: String, _ tensor: Tensor) {
    self.init(name: name, elementType: .float32, shape: tensor.shape, storage: MemoryBytes(floats: tensor))
  }

  /// Integers to be written, as int64; as many as the shape has elements.
  public init(name: String, integers: [Int64], shape: [Int]) {
    precondition(integers.count == shape.reduce(1, *), "\(integers.count) integers do not fill a shape of \(shape)")
    self.init(name: name, elementType: .int64, shape: shape, storage: MemoryBytes(integers: integers))
  }

  /// A tensor that lies in `storage`; the layout was checked to stay within it, and is contiguous if left out.
  init(
    name: String, elementType: ElementType, shape: [Int], storage: any StoredBytes, layout: StridedLayout? = nil
  ) {
    self.name = name
    self.elementType = elementType
    self.shape = shape
    self.storage = storage
    self.layout = layout ?? StridedLayout(contiguous: shape)
  }

  /// The elements as floats, rounded to nearest from a wider type; an error for a type that is not floating-point.
  public func tensor() throws(WeightFileError) -> Tensor {
    guard elementType.isFloatingPoint else {
      throw .wrongType(path: storage.path, name: name, expected: "a floating-point type", found: elementType.rawValue)
    }
    var tensor = Tensor(uninitialized: shape)
    let elements = tensor.write()
    defer { keepAlive(tensor) }
    if elementType == .float32 && layout.isContiguous {
      let memory = UnsafeMutableRawBufferPointer(start: elements, count: count * 4)
      try storage.read(into: memory, at: layout.offset * 4)
    } else {
      try bytes().withUnsafeBytes { elementType.decodeFloats($0, into: elements) }
    }
    return tensor
  }

  /// The elements of an integer type, or of `bool` (0 and 1); an error for a floating-point type.
  public func integers() throws(WeightFileError) -> [Int64] {
    guard !elementType.isFloatingPoint else {
      throw .wrongType(path: storage.path, name: name, expected: "an integer type", found: elementType.rawValue)
    }
    guard let integers = try bytes().withUnsafeBytes(elementType.decodeIntegers) else {
      throw .wrongType(
        path: storage.path, name: name, expected: "integers below 2^63", found: "a larger \(elementType.rawValue)")
    }
    return integers
  }

  /// The elements as they are stored, but row-major: little-endian, contiguous.
  public func bytes() throws(WeightFileError) -> [UInt8] {
    let size = elementType.byteCount
    let stretch = try storage.bytes(at: layout.offset * size, count: layout.extent * size)
    return layout.isContiguous ? stretch : layout.gather(stretch, elementSize: size)
  }
}
