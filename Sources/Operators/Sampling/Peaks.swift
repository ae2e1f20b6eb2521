import Tensors

/// A local maximum of a response map, where selective sampling looks.
public struct Peak: Equatable, Sendable, Codable {
  public var row: Int
  public var column: Int
  /// The response R at the peak, above 0 and at most 1.
  public var strength: Float

  public init(row: Int, column: Int, strength: Float) {
    self.row = row
    self.column = column
    self.strength = strength
  }
}

/// Returns the peaks of each map of (N, G, G) in row-major order: cells that are the first maximum of their 3x3 window,
/// as PyTorch's max_pool2d with indices finds them, and not below the map's mean.
///
/// Constant maps and maps with a NaN or an infinity have none.
public func findPeaks(_ response: Tensor) -> [[Peak]] {
  precondition(response.shape.count == 3, "expected maps (N, G, G), found \(response.shape)")
  let (images, height, width) = (response.shape[0], response.shape[1], response.shape[2])
  return response.withUnsafeBufferPointer { all in
    parallelMap(images) { image in
      peaks(
        in: UnsafeBufferPointer(rebasing: all[image * height * width..<(image + 1) * height * width]), height, width)
    }
  }
}

private func peaks(in map: UnsafeBufferPointer<Float>, _ height: Int, _ width: Int) -> [Peak] {
  guard let first = map.first, map.allSatisfy(\.isFinite), map.contains(where: { $0 != first }) else { return [] }
  let mean = map.reduce(0.0) { $0 + Double($1) } / Double(map.count)
  var peaks: [Peak] = []
  for row in 0..<height {
    for column in 0..<width {
      let value = map[row * width + column]
      if Double(value) >= mean && isFirstMaximum(map, row, column, height, width) {
        peaks.append(Peak(row: row, column: column, strength: value))
      }
    }
  }
  return peaks
}

/// Whether a cell is higher than all earlier cells in its window, and not lower than the later ones.
private func isFirstMaximum(
  _ map: UnsafeBufferPointer<Float>, _ row: Int, _ column: Int, _ height: Int, _ width: Int
) -> Bool {
  let value = map[row * width + column]
  for y in max(row - 1, 0)...min(row + 1, height - 1) {
    for x in max(column - 1, 0)...min(column + 1, width - 1) {
      let other = map[y * width + x]
      if other > value || (other == value && (y, x) < (row, column)) { return false }
    }
  }
  return true
}
