/// Where a tensor's elements lie in a storage, counted in elements: at `offset` plus index times stride, summed.
struct StridedLayout: Sendable {
  let shape: [Int]
  let strides: [Int]
  let offset: Int
  let count: Int
  /// How far it is from the first element to behind the last one; 0 without elements.
  let extent: Int

  /// All elements in row-major order from the start of the storage.
  init(contiguous shape: [Int]) {
    self.shape = shape
    strides = StridedLayout.rowMajorStrides(shape)
    offset = 0
    count = shape.reduce(1, *)
    extent = count
  }

  /// Nil if the shape is impossible, or if an element would lie outside a storage of `available` elements.
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
    // A dimension of one element is never stepped along, so its stride may be anything, even beyond all bounds.
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

  /// Puts the elements in row-major order, out of the stretch of the storage that begins at `offset`.
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
        // Count up like an odometer, the last of the outer dimensions fastest.
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
