/// The positions of a tensor's elements in a storage, in elements: `offset` plus the sum of index times stride.
struct StridedLayout: Sendable {
  let shape: [Int]
  let strides: [Int]
  let offset: Int
  let count: Int
  /// The distance from the first element to the end of the last one; 0 if there are no elements.
  let extent: Int

  /// All elements in row-major order, from the start of the storage.
  init(contiguous shape: [Int]) {
    self.shape = shape
    strides = StridedLayout.rowMajorStrides(shape)
    offset = 0
    count = shape.reduce(1, *)
    extent = count
  }

  /// Returns nil if the shape is impossible, or if an element would lie outside a storage of `available` elements.
  init?(shape: [Int], strides: [Int], offset: Int, available: Int) {
    guard shape.count == strides.count, let count = elementCount(shape), offset >= 0, strides.allSatisfy({ $0 >= 0 })
    else { return nil }
    var last = offset
    for (dimension, stride) in zip(shape, strides) where count > 0 {
      let (steps, overflow) = (dimension - 1).multipliedReportingOverflow(by: stride)
      guard !overflow, last <= available, steps <= available else { return nil }
      last += steps
    }
    guard count == 0 || last < available else { return nil }
    self.shape = shape
    // A dimension of size 1 is never stepped along, so its stride may be anything, even out of bounds.
    self.strides = zip(shape, strides).map { $0 > 1 ? $1 : 0 }
    self.offset = count == 0 ? 0 : offset
    self.count = count
    extent = count == 0 ? 0 : last - offset + 1
  }

  var isContiguous: Bool {
    guard count > 0 else { return true }
    let rowMajor = StridedLayout.rowMajorStrides(shape)
    return shape.indices.allSatisfy { shape[$0] == 1 || strides[$0] == rowMajor[$0] }
  }

  /// Copies the elements in row-major order out of `stretch`, the part of the storage that begins at `offset`.
  func gather(_ stretch: [UInt8], elementSize: Int, into target: UnsafeMutableRawBufferPointer) {
    guard let innerStride = strides.last, let innerCount = shape.last, count > 0 else { return }
    stretch.withUnsafeBytes { source in
      guard let from = source.baseAddress, var to = target.baseAddress else { return }
      var index = [Int](repeating: 0, count: shape.count - 1)
      var position = 0
      for _ in 0..<count / innerCount {
        for i in 0..<innerCount {
          to.copyMemory(from: from + (position + i * innerStride) * elementSize, byteCount: elementSize)
          to += elementSize
        }
        // Count up like an odometer; the last outer dimension is the fastest.
        for dimension in index.indices.reversed() {
          index[dimension] += 1
          position += strides[dimension]
          if index[dimension] < shape[dimension] { break }
          position -= strides[dimension] * shape[dimension]
          index[dimension] = 0
        }
      }
    }
  }

  private static func rowMajorStrides(_ shape: [Int]) -> [Int] {
    var stride = 1
    let reversed = shape.reversed().map { size in
      defer { stride *= max(size, 1) }
      return stride
    }
    return reversed.reversed()
  }
}

/// Returns the number of elements of a shape, or nil for a negative dimension or a product above 2^48.
///
/// The limit also applies to the other dimensions of an empty tensor, so that any order of products fits `Int`.
func elementCount(_ shape: [Int]) -> Int? {
  var product = 1
  for dimension in shape where dimension != 0 {
    let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
    guard dimension > 0, !overflow, next <= 1 << 48 else { return nil }
    product = next
  }
  return shape.contains(0) ? 0 : product
}
