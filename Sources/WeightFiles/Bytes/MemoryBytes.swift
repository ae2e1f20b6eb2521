import Tensors

/// In-memory elements of a tensor to be written.
struct MemoryBytes: StoredBytes {
  private enum Elements: Sendable {
    case floats(Tensor)
    case integers([Int64])
  }
  private let elements: Elements
  let byteCount: Int
  let path = "memory"

  init(floats tensor: Tensor) {
    elements = .floats(tensor)
    byteCount = tensor.count * 4
  }

  init(integers: [Int64]) {
    elements = .integers(integers)
    byteCount = integers.count * 8
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(WeightFileError) {
    precondition(offset >= 0 && offset <= byteCount - buffer.count, "a stretch outside the elements")
    let copy = { (source: UnsafeRawBufferPointer) in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + buffer.count]))
    }
    switch elements {
    case .floats(let tensor): tensor.withUnsafeBufferPointer { copy(UnsafeRawBufferPointer($0)) }
    case .integers(let integers): integers.withUnsafeBytes(copy)
    }
  }
}

/// The bytes of a whole file in memory.
struct BytesInMemory: StoredBytes {
  let path: String
  let bytes: [UInt8]

  var byteCount: Int { bytes.count }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(WeightFileError) {
    try require(buffer.count, at: offset)
    buffer.copyBytes(from: bytes[offset..<offset + buffer.count])
  }
}
