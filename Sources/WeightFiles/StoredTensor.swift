import Tensors

/// Bytes that lie in a file, read by position.
protocol StoredBytes: Sendable {
  var path: String { get }
  var byteCount: Int { get }
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(WeightFileError)
}

/// A stretch of a file; made only after it was checked to lie within the file.
struct FileRegion: StoredBytes {
  let file: ReadOnlyFile
  let offset: Int
  let byteCount: Int

  var path: String { file.path }

  func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) throws(WeightFileError) {
    try file.read(into: buffer, at: offset + position)
  }
}

/// A tensor in a weight file: what it is, and the way to its elements, which stay on disk until asked for.
public struct StoredTensor: Sendable {
  /// The name as it stands in the file.
  public let name: String
  public let elementType: ElementType
  /// The sizes of the dimensions, outermost first; empty for a scalar.
  public let shape: [Int]
  let storage: any StoredBytes
  /// The first byte of the elements within `storage`; they are contiguous, row-major, little-endian.
  let byteOffset: Int

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The elements as floats, rounded to nearest from a wider type; an error for a type that is not floating-point.
  public func tensor() throws(WeightFileError) -> Tensor {
    guard elementType.isFloatingPoint else {
      throw .wrongType(path: storage.path, name: name, expected: "a floating-point type", found: elementType.rawValue)
    }
    var tensor = Tensor(uninitialized: shape)
    let elements = tensor.write()
    defer { keepAlive(tensor) }
    if elementType == .float32 {
      try storage.read(into: UnsafeMutableRawBufferPointer(start: elements, count: count * 4), at: byteOffset)
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
        path: storage.path, name: name, expected: "integers of at most 63 bits and a sign", found: "a larger one")
    }
    return integers
  }

  /// The elements as they are stored: contiguous, row-major, little-endian.
  public func bytes() throws(WeightFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count * elementType.byteCount)
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(WeightFileError) in try storage.read(into: buffer, at: byteOffset) }
    }
    try result.get()
    return bytes
  }
}

/// The number of elements of a shape, or nil for a negative dimension or a product beyond what memory could hold.
///
/// An empty tensor's other dimensions are held to the same limit, so that a product in any order stays within `Int`.
func elementCount(_ shape: [Int]) -> Int? {
  var product = 1
  for dimension in shape where dimension != 0 {
    let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
    guard dimension > 0, !overflow, next <= 1 << 48 else { return nil }
    product = next
  }
  return shape.contains(0) ? 0 : product
}

extension StoredTensor {
  /// The same tensor under another name.
  public func renamed(_ name: String) -> StoredTensor {
    StoredTensor(name: name, elementType: elementType, shape: shape, storage: storage, byteOffset: byteOffset)
  }
}
