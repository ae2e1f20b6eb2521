import Tensors

/// A named tensor of a weight file: its description, and access to its elements, which stay on disk until requested.
public struct StoredTensor: Sendable {
  public var name: String
  /// The original name in the file, even if `name` has changed.
  public let nameInFile: String
  public let elementType: ElementType
  /// The sizes of the dimensions, outermost first; empty for a scalar.
  public let shape: [Int]
  let storage: any StoredBytes
  let layout: StridedLayout

  /// The number of elements.
  public var count: Int { layout.count }

  /// The number of bytes that the elements take when written.
  public var byteCount: Int { count * elementType.byteCount }

  /// Creates a float32 tensor to be written.
  public init(name: String, _ tensor: Tensor) {
    self.init(name: name, elementType: .float32, shape: tensor.shape, storage: MemoryBytes(floats: tensor))
  }

  /// Creates an int64 tensor to be written; the number of integers must match the shape.
  public init(name: String, integers: [Int64], shape: [Int]) {
    precondition(integers.count == shape.reduce(1, *), "\(integers.count) integers do not fill a shape of \(shape)")
    self.init(name: name, elementType: .int64, shape: shape, storage: MemoryBytes(integers: integers))
  }

  /// Creates a tensor whose elements lie in `storage`. The layout must be within it; without one, it is contiguous.
  init(
    name: String, elementType: ElementType, shape: [Int], storage: any StoredBytes, layout: StridedLayout? = nil
  ) {
    self.name = name
    nameInFile = name
    self.elementType = elementType
    self.shape = shape
    self.storage = storage
    self.layout = layout ?? StridedLayout(contiguous: shape)
  }

  /// Returns the elements as floats, wider types rounded to nearest; throws if the type is not floating-point.
  public func tensor() throws(WeightFileError) -> Tensor {
    guard elementType.isFloatingPoint else {
      throw .wrongType(path: storage.path, name: name, expected: "a floating-point type", found: elementType.rawValue)
    }
    var tensor = Tensor(uninitialized: shape)
    let elements = tensor.write()
    defer { keepAlive(tensor) }
    if elementType == .float32 {
      try read(into: UnsafeMutableRawBufferPointer(start: elements, count: byteCount))
    } else {
      try bytes().withUnsafeBytes { elementType.decodeFloats($0, into: elements) }
    }
    return tensor
  }

  /// Returns the elements of an integer type, or of `bool` (0 and 1); throws for a floating-point type.
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

  /// Returns the elements in their own type, row-major and little-endian.
  public func bytes() throws(WeightFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(WeightFileError) in try read(into: buffer) }
    }
    try result.get()
    return bytes
  }

  /// Fills a buffer of `byteCount` bytes with the same bytes as `bytes()`.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(WeightFileError) {
    guard count > 0 else { return }
    let start = layout.offset * elementType.byteCount
    if layout.isContiguous { return try storage.read(into: buffer, at: start) }
    let stretch = try storage.bytes(at: start, count: layout.extent * elementType.byteCount)
    layout.gather(stretch, elementSize: elementType.byteCount, into: buffer)
  }

  /// Appends the same bytes as `bytes()` to a file, in pieces if the layout is contiguous.
  func write(to file: inout WholeFile) throws(WeightFileError) {
    guard layout.isContiguous else { return try file.write(bytes()) }
    let start = layout.offset * elementType.byteCount
    var done = 0
    while done < byteCount {
      let piece = try storage.bytes(at: start + done, count: min(byteCount - done, 1 << 22))
      try file.write(piece)
      done += piece.count
    }
  }
}

extension StoredTensor {
  /// Returns the same tensor under another name.
  public func renamed(_ name: String) -> StoredTensor {
    var tensor = self
    tensor.name = name
    return tensor
  }
}
