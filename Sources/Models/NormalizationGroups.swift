import Tensors

/// The groups that a batch of `images` is worked off in when batch norm is to see at most `largest` at once: as even as
/// PyTorch's DataParallel splits it, and one group where there is no limit.
public func normalizationGroups(of images: Int, largest: Int?) -> [Range<Int>] {
  guard let largest, images > largest else { return [0..<images] }
  let groups = (images + largest - 1) / largest
  let size = (images + groups - 1) / groups
  return stride(from: 0, to: images, by: size).map { $0..<min($0 + size, images) }
}

extension Tensor {
  /// The rows of a range, along the first dimension.
  public func rows(_ range: Range<Int>) -> Tensor {
    guard range.count < shape[0] else { return self }
    let size = count / shape[0]
    var result = Tensor(uninitialized: [range.count] + shape.dropFirst())
    let start = range.lowerBound * size
    withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { rows in
        parallelFor(range.count) { row in
          _ = rows[(row * size)...].update(fromContentsOf: source[start + row * size..<start + (row + 1) * size])
        }
      }
    }
    return result
  }
}
