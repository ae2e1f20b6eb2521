extension Tensor {
  /// Returns a copy whose dimension i is this tensor's dimension `order[i]`.
  public func permuted(_ order: [Int]) -> Tensor {
    precondition(order.sorted() == Array(shape.indices), "\(order) does not permute \(shape)")
    var strides = [Int](repeating: 1, count: shape.count)
    for dimension in shape.indices.dropLast().reversed() {
      strides[dimension] = strides[dimension + 1] * shape[dimension + 1]
    }
    let newShape = order.map { shape[$0] }
    let steps = order.map { strides[$0] }
    var result = Tensor(uninitialized: newShape)
    withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        var index = [Int](repeating: 0, count: newShape.count)
        var from = 0
        for to in target.indices {
          target[to] = source[from]
          for dimension in newShape.indices.reversed() {
            index[dimension] += 1
            from += steps[dimension]
            if index[dimension] < newShape[dimension] { break }
            from -= steps[dimension] * newShape[dimension]
            index[dimension] = 0
          }
        }
      }
    }
    return result
  }
}
