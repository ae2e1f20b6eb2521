import Tensors

/// The sizes of a smoothing, its coordinates, and what all its methods share.
struct SmoothingGeometry: Sendable {
  /// Cells of an attention map along one side, 2 or more.
  let gridSide: Int
  /// Cells of the filter along one side, odd.
  let filterSide: Int

  /// Cells that a map is padded by on each side.
  var padding: Int { (filterSide - 1) / 2 }
  var paddedSide: Int { gridSide + filterSide - 1 }

  /// The coordinate of a padded position that lies `index` cells behind the first: 0 ... 1 inside the map.
  private func coordinate(_ index: Int) -> Double { Double(index) / Double(gridSide - 1) }

  /// How far the filter's cell `tap` lies from its middle.
  func offset(_ tap: Int) -> Float { Float(coordinate(tap - padding)) }

  /// The filter (F, F) and the same times its cells' offsets along x and along y, (3, F, F).
  func offsetFilters(_ filter: Tensor) -> Tensor {
    let side = filterSide
    let plain = filter.elements
    let alongX = plain.indices.map { plain[$0] * offset($0 % side) }
    let alongY = plain.indices.map { plain[$0] * offset($0 / side) }
    return Tensor(plain + alongX + alongY, shape: [3, side, side])
  }

  /// The gradient (F, F) of the filter for that (3, F, F) of `offsetFilters`.
  func offsetFiltersBackward(_ gradients: Tensor) -> Tensor {
    let side = filterSide
    let (all, size) = (gradients.elements, side * side)
    let sum = (0..<size).map { all[$0] + all[size + $0] * offset($0 % side) + all[2 * size + $0] * offset($0 / side) }
    return Tensor(sum, shape: [side, side])
  }

  /// The sampling grid (N, G, G, 2) from moments (N, 3, G, G): the attention seen by each cell, and its moments along
  /// x and y around the cell.
  func grid(fromMoments moments: Tensor) -> Tensor {
    var grid = Tensor(uninitialized: [moments.shape[0], gridSide, gridSide, 2])
    let (from, to) = (moments.read, grid.write())
    eachCoordinate(of: moments.shape[0]) { position, mass, moment, start in
      to[position] = Self.clamp(start + 2 * from[moment] / from[mass])
    }
    keepAlive(moments, grid)
    return grid
  }

  /// The gradient of the moments for the gradient `dgrid`; what was clamped passes none.
  func momentsGradient(_ dgrid: Tensor, moments: Tensor) -> Tensor {
    var gradient = Tensor.zeros(moments.shape)
    let (from, slopes, to) = (moments.read, dgrid.read, gradient.write())
    eachCoordinate(of: moments.shape[0]) { position, mass, moment, start in
      let mean = from[moment] / from[mass]
      let free = start + 2 * mean
      guard !(free < -1 || free > 1) else { return }
      let slope = 2 * slopes[position] / from[mass]
      to[moment] = slope
      to[mass] -= slope * mean
    }
    keepAlive(moments, dgrid, gradient)
    return gradient
  }

  /// Calls `body` for each coordinate of each cell: its position in a grid, those of the attention seen and of its
  /// moment in the moments, and the value where the moment is zero.
  @inline(__always)
  private func eachCoordinate(of images: Int, _ body: (Int, Int, Int, Float) -> Void) {
    let cells = gridSide * gridSide
    let starts = (0..<gridSide).map { Float(2 * coordinate($0) - 1) }
    for image in 0..<images {
      for cell in 0..<cells {
        let (position, mass) = (2 * (image * cells + cell), 3 * image * cells + cell)
        body(position, mass, mass + cells, starts[cell % gridSide])
        body(position + 1, mass, mass + 2 * cells, starts[cell / gridSide])
      }
    }
  }

  /// As torch.clamp to [-1, 1]: a NaN stays one.
  private static func clamp(_ value: Float) -> Float { value < -1 ? -1 : value > 1 ? 1 : value }
}
