import Tensors

/// Divides a batch of `images` into groups so that batch norm sees at most `largest` at once: as evenly as PyTorch's
/// DataParallel, and as one group without a limit.
public func normalizationGroups(of images: Int, largest: Int?) -> [Range<Int>] {
  guard let largest, images > largest else { return [0..<images] }
  let groups = (images + largest - 1) / largest
  let size = (images + groups - 1) / groups
  return stride(from: 0, to: images, by: size).map { $0..<min($0 + size, images) }
}

extension Tensor {
  /// Returns the rows in a range of the first dimension.
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
